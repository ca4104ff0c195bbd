// Runs a loop for ever on a store on disk, in a mode of durability, and prints numbers: supersteps as listeners are shown them, or, of a
// handler that waits in every seventh superstep, that superstep once it has waited.
import { writeSync } from "node:fs";
import { compileGraph, createRuntime, openSqliteStore, parseDocument, type Durability } from "../../../runtime/index.js";
import { loopText } from "./durable-loop.js";

const [directory = "", durability = "sync", told = "shown"] = process.argv.slice(2);
const tell = (superstep: number): void => void writeSync(1, `${String(superstep)}\n`);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const document = parseDocument(loopText);
const runtime = createRuntime({
  store: openSqliteStore(directory),
  durability: durability as Durability,
  handlers: {
    "./tick.ts": (state) => {
      const count = Number(state["count"]) + 1;
      if (told === "shown" || count % 7 !== 0) return { count };
      return turn().then(() => {
        tell(count);
        return { count };
      });
    },
  },
});
const graph = { path: "/loop", name: "loop", folder: directory, document, problems: [], plan: compileGraph(document.graph) };
const session = runtime.start(graph, { run: "run" });
if (told === "shown") session.onDidChange(() => tell(session.frontier.superstep));
await session.continue();

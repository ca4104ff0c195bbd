import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildAll } from "../scripts/build/bundle.mjs";
import { packVsix, vsixPath } from "../scripts/build/vsix.mjs";
import { root } from "../scripts/layout.mjs";
import { openWorkbench, type WorkbenchSession } from "../test/e2e/session.js";
import { packExtension } from "../test/host/pack-extension.js";
import type { Benchmark } from "./benchmark.js";
import type { Asked, Retarget } from "./edit-latency/asked.js";
import { keepApi, retargetAll, type EditTimes } from "./edit-latency/in-webview.js";
import { layeredDocument, layeredGraph, type LayeredGraph } from "./graphs.js";
import { expectCount } from "./measure.js";
import { row, type Row } from "./table.js";

const SIZE = 1_000;
/** Edits in a turn; ours and VS Code's own take turns. */
const EDITS = 40;
const TURNS = 3;
const GRAPH = "large/large.patchbay.json";
/** The same text under a name that Patchbay does not look at. */
const PLAIN = "large/plain.json";
const DONE_WITHIN_MS = 120_000;

/** From a hand on the canvas to the answer, in a real VS Code; beside it what VS Code takes to change a document. */
export const editLatency: Benchmark = {
  name: "edit-latency",
  apart: true,
  run: async () => {
    if ((await buildAll([])) !== 0 || (await packVsix(root, vsixPath)) !== 0) throw new Error("The extension could not be packed.");
    const text = layeredDocument(layeredGraph(SIZE));
    const session = await openWorkbench({
      files: { [GRAPH]: text, [PLAIN]: text, "large/nodes/pass.ts": "export default () => ({});\n" },
      vsix: [await packExtension("bench/edit-latency/extension", "latency-extension")],
      initScript: keepApi,
    });
    try {
      return rowsOf(await measureAll(session, layeredGraph(SIZE)));
    } finally {
      await session.close();
    }
  },
};

interface Times extends Omit<EditTimes, "classes"> {
  /** Of VS Code's own changes of a document. */
  readonly changes: readonly number[];
}

async function measureAll(session: WorkbenchSession, graph: LayeredGraph): Promise<Times> {
  const { workbench } = session;
  await workbench.openFile(GRAPH);
  await workbench.canvas.waitUntilLoaded();
  const turns: Times[] = [];
  for (let turn = 0; turn <= TURNS; turn += 1) {
    const edits = edgesToRetarget(graph, turn);
    const { classes, ...times } = await workbench.canvas.frame.locator("body").evaluate(retargetAll, edits);
    expectCount("compiles that were not soft", classes.filter((grade) => grade !== "soft").length, 0);
    turns.push({ ...times, changes: await inDocument(session, edits) });
  }
  const measured = turns.slice(1); // the first warms up
  return {
    edits: measured.flatMap(({ edits }) => edits),
    drawn: measured.flatMap(({ drawn }) => drawn),
    echoes: measured.flatMap(({ echoes }) => echoes),
    changes: measured.flatMap(({ changes }) => changes),
  };
}

/** Conditional edges all over the graph, each to another node of the layer that it goes to. */
function edgesToRetarget({ edges }: LayeredGraph, turn: number): readonly Retarget[] {
  const conditional = edges.filter(({ threshold }) => threshold !== undefined);
  return Array.from({ length: EDITS }, (_, index) => {
    const edge = conditional[(index * 379) % conditional.length];
    if (edge === undefined) throw new Error("The graph has no conditional edge.");
    const number = Number(edge.to.slice(1));
    return { edge: edge.id, to: `n${number - (number % 10) + ((number + 2 + turn) % 10)}` };
  });
}

/** The same edits made to a text by an extension that does nothing else. */
async function inDocument({ workbench, profile }: WorkbenchSession, edits: readonly Retarget[]): Promise<readonly number[]> {
  const results = join(profile.folder, "latency-results.json");
  rmSync(results, { force: true });
  const asked: Asked = { document: PLAIN, edits, results };
  writeFileSync(join(profile.workspace, "latency.json"), JSON.stringify(asked));
  await workbench.run("Patchbay Latency: Measure Document Changes");
  for (const end = Date.now() + DONE_WITHIN_MS; !existsSync(results); await new Promise((resolve) => setTimeout(resolve, 100)))
    if (Date.now() > end) throw new Error("The measurement of VS Code's own latency did not end.");
  return JSON.parse(readFileSync(results, "utf8")) as readonly number[];
}

function rowsOf({ edits, drawn, echoes, changes }: Times): readonly Row[] {
  const at = (values: readonly number[], share: number): number => {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  };
  const nodes = `${SIZE.toLocaleString("en-US")} nodes`;
  const note = `${edits.length} edits in a real VS Code (code-server, headless Chromium), as many of VS Code's own, in turn.`;
  const both = (name: string, value: (share: number) => number): readonly Row[] =>
    [50, 95].map((share) => row({ name: `${name}, ${nodes}, p${share}`, unit: "ms", better: "less", ours: value(share / 100), note }));
  return [
    ...both("edit on the canvas to plan in force and answer", (share) => at(edits, share)),
    ...both("VS Code's own change of a document", (share) => at(changes, share)),
    ...both("what an edit takes beyond that", (share) => at(edits, share) - at(changes, share)),
    ...both("of that, messages to the host and back", (share) => at(echoes, share)),
    ...both("edit on the canvas to its picture", (share) => at(drawn, share)),
  ];
}

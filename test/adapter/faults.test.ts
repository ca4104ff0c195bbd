import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import { HostHarness } from "../unit/platform/host-harness.js";
import { debug, type Debugged } from "./harness.js";

const processes = new HostHarness();
beforeAll(() => processes.prepare());
afterAll(() => processes.clean());

let debugged: Debugged;
let isGone = false;
afterEach(async () => {
  if (!isGone) await debugged.close();
  isGone = false;
});

const graph: ShortGraph = {
  channels: { n: { schema: { type: "number" }, default: 0 } },
  nodes: { work: { handler: "./work.ts" }, after: { kind: "expression", set: { n: "n + 1.0" } } },
  edges: { begin: "@start -> work", on: "work -> after", end: "after -> @end" },
};
/** Says that it is at work, by its process, and ends when it may. */
const WORK = `import { existsSync, writeFileSync } from "node:fs";
const at = (name: string) => new URL(name, import.meta.url);
export default async (_state: unknown, { signal }: { readonly signal: AbortSignal }) => {
  writeFileSync(at("./pid"), String(process.pid));
  while (!existsSync(at("./go")) && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
  return { n: 1 };
};
`;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Debugs the graph up to its first node. */
async function open() {
  const [pid, go] = [processes.path("pid"), processes.path("go")];
  for (const file of [pid, go]) rmSync(file, { force: true });
  processes.write("work.ts", WORK);
  const handlers = processes.host({ processes: 1, grace: 50 });
  const attach = async (): Promise<boolean> => false;
  debugged = await debug(graph, {}, { host: { handlers, folder: processes.workspace, attach } });
  await debugged.launch({ stopOnEntry: true });
  return {
    /** The process that the handler is at work in. */
    atWork: async (): Promise<number> => {
      await expect.poll(() => existsSync(pid) && readFileSync(pid, "utf8") !== "").toBe(true);
      return Number(readFileSync(pid, "utf8"));
    },
    go: () => writeFileSync(go, ""),
  };
}

test("a killed handler process is a failed task, where it stands; the next step runs it again", async () => {
  const { atWork, go } = await open();
  const stopped = debugged.move("next");
  process.kill(await atWork(), "SIGKILL");
  expect(await stopped).toMatchObject({ reason: "exception", event: { body: { text: expect.stringMatching(/SIGKILL/) } } });
  go();
  expect(await debugged.move("next")).toMatchObject({ reason: "step" });
  expect(debugged.run.channels["n"]).toBe(1);
  expect((await debugged.move("continue")).reason).toBe("terminated");
});

test("a killed idle process is replaced at the next step", async () => {
  const { atWork, go } = await open();
  go();
  await debugged.move("next");
  const idle = await atWork();
  process.kill(idle, "SIGKILL");
  await expect.poll(() => isRunning(idle)).toBe(false);
  await debugged.move("stepBack");
  rmSync(processes.path("pid"));
  expect(await debugged.move("stepIn")).toMatchObject({ reason: "step" });
  expect([debugged.run.channels["n"], Number.isInteger(await atWork())]).toEqual([1, true]);
});

test("a debugger that is gone without a word leaves the run paused after what is at work", async () => {
  const { atWork, go } = await open();
  void debugged.move("continue").catch(() => undefined);
  await atWork();
  const { run } = debugged;
  isGone = true;
  await debugged.client.stop();
  await debugged.gone();
  expect(run.status).toBe("running");
  go();
  await expect.poll(() => run.status).toBe("paused");
  expect([run.channels["n"], run.frontier.due.map(({ node }) => node)]).toEqual([1, ["after"]]);
  await run.continue();
  expect([run.status, run.channels["n"]]).toEqual(["completed", 2]);
});

test("terminated in the middle of a task, the run is cancelled and its handler stopped; another can be launched", async () => {
  const { atWork, go } = await open();
  const ended = debugged.client.waitForEvent("terminated");
  void debugged.move("continue").catch(() => undefined);
  await atWork();
  const { run } = debugged;
  await debugged.client.terminateRequest();
  await ended;
  expect(run.status).toBe("cancelled");
  go();
  await debugged.client.launchRequest({ graph: "/graphs/main" } as never);
  expect((await debugged.move("continue")).reason).toBe("terminated");
  expect([debugged.run === run, debugged.run.status, debugged.run.channels["n"]]).toEqual([false, "completed", 2]);
});

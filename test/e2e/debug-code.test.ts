import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import type { DebugViews } from "./debug-views.js";
import { handlerProcesses } from "./handler-processes.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "sums.patchbay.json";
const GRAPH = `{
  "patchbay": 1,
  "title": "Sums",
  "channels": { "n": { "schema": { "type": "number" }, "default": 4 } },
  "nodes": {
    "double": { "kind": "code", "label": "Double", "handler": "./nodes/double.ts", "timeout": "2s" },
    "more": { "kind": "expression", "label": "More", "set": { "n": "n + 1.0" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "double" },
    "on": { "from": "double", "to": "more" },
    "end": { "from": "more", "to": "@end" }
  }
}
`;
/** Where "double" is written. */
const NODE = 6;
/** Its first line is the sixth. */
const DOUBLE = `interface State {
  readonly n: number;
}

export default async ({ n }: State) => {
  const twice = 2 * n;
  const update: State = { n: twice };
  return update;
};
`;

let session: WorkbenchSession;
let canvas: Canvas;
let debugging: DebugViews;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: GRAPH, "nodes/double.ts": DOUBLE } });
  const { workbench } = session;
  canvas = await workbench.openGraph(FILE);
  debugging = workbench.debugging;
  await workbench.run("Patchbay: Open Source Beside");
  await workbench.focusText();
  await workbench.goTo(NODE, 1);
  await workbench.press("F9");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const frames = (expected: unknown) => expect.poll(() => debugging.frames(), SOON).toEqual(expected);

test("F11 on a code node stops in its TypeScript, at the first line of the handler", async () => {
  const { workbench } = session;
  await canvas.focus();
  await workbench.press("F5");
  await frames([`Double ${FILE} ${NODE}:5`]);
  await workbench.press("F11");
  await frames(expect.arrayContaining([expect.stringMatching(/double\.ts 6:/)]));
  await expect.poll(() => workbench.text(), SOON).toMatch(/readonly n: number;[^]*const update: State/);
  await workbench.screenshots("debug-code");
});

test("F5 goes on: the graph stands after the node, and the other debugger is gone", async () => {
  const { workbench } = session;
  await workbench.press("F5");
  await frames([`More ${FILE} ${NODE + 1}:5`]);
  await expect.poll(() => debugging.variables(), SOON).toContain("n: 8");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
});

test("stopped while a person stands in the code, the run is cancelled, and the process that stood is gone", async () => {
  const { workbench } = session;
  await debugging.press("Step Back");
  await frames([`Double ${FILE} ${NODE}:5`]);
  await workbench.press("F11");
  await frames(expect.arrayContaining([expect.stringMatching(/double\.ts 6:/)]));
  const standing = handlerProcesses(session.profile);
  await workbench.run("Patchbay: Stop");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("cancelled");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
  await expect.poll(() => handlerProcesses(session.profile).filter((each) => standing.includes(each)), SOON).toEqual([]);
});

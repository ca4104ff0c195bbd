import { afterAll, beforeAll, expect, test } from "vitest";
import { handlerProcesses } from "./handler-processes.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "sum.patchbay.json";
const GRAPH = `{
  "patchbay": 1,
  "title": "Sum",
  "channels": { "n": { "schema": { "type": "number" }, "default": 4 } },
  "nodes": {
    "add": { "kind": "expression", "label": "Add", "set": { "n": "n + 1.0" } },
    "double": { "kind": "code", "label": "Double", "handler": "./nodes/double.ts" }
  },
  "edges": {
    "begin": { "from": "@start", "to": "add" },
    "on": { "from": "add", "to": "double" },
    "end": { "from": "double", "to": "@end" }
  }
}
`;
const DOUBLE = `export default async ({ n }: { readonly n: number }) => {
  const twice = 2 * n;
  return { n: twice };
};
`;
/** Where "double" is written. */
const NODE = 7;

let session: WorkbenchSession;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: GRAPH, "nodes/double.ts": DOUBLE } });
  const { workbench } = session;
  await workbench.openGraph(FILE);
  await workbench.run("Patchbay: Open Source Beside");
  await workbench.focusText();
  await workbench.goTo(NODE, 1);
  await workbench.press("F9");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

test("a window that is reloaded while a person stands in the code leaves no process, and a run that goes on", async () => {
  const { workbench } = session;
  const { debugging } = workbench;
  const frames = (expected: unknown) => expect.poll(() => debugging.frames(), SOON).toEqual(expected);
  await workbench.canvas.focus();
  await workbench.press("F5");
  await frames([`Double ${FILE} ${NODE}:5`]);
  await workbench.press("F11");
  await frames(expect.arrayContaining([expect.stringMatching(/double\.ts 2:/)]));
  const standing = handlerProcesses(session.profile);
  expect(standing.length).toBeGreaterThan(0);
  await workbench.reload();
  await expect.poll(() => handlerProcesses(session.profile).filter((each) => standing.includes(each)), SOON).toEqual([]);
  const canvas = await workbench.openGraph(FILE);
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
  await canvas.button("run/continue").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
});

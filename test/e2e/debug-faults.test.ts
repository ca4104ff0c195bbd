import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DebugViews } from "./debug-views.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "counts.patchbay.json";
const GRAPH = `{
  "patchbay": 1,
  "title": "Counts",
  "channels": { "n": { "schema": { "type": "number" }, "default": 0 } },
  "nodes": {
    "count": { "kind": "code", "label": "Count", "handler": "./nodes/count.ts" },
    "last": { "kind": "expression", "label": "Last", "set": { "n": "n * 10.0" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "count" },
    "again": { "from": "count", "to": "count", "when": "n < 4.0" },
    "on": { "from": "count", "to": "last", "else": true },
    "end": { "from": "last", "to": "@end" }
  }
}
`;
const COUNT = `export default ({ n }: { readonly n: number }) => {
  return { n: n + 1 };
};
`;
/** Where "count" is written. */
const NODE = 6;

let session: WorkbenchSession;
let debugging: DebugViews;

beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: GRAPH, "nodes/count.ts": COUNT } });
  const { workbench } = session;
  await workbench.openGraph(FILE);
  debugging = workbench.debugging;
  await workbench.run("Patchbay: Open Source Beside");
  await workbench.focusText();
  await workbench.goTo(NODE, 1);
  await workbench.press("F9");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const frames = (expected: unknown) => expect.poll(() => debugging.frames(), SOON).toEqual(expected);
const channel = (value: number) => expect.poll(() => debugging.variables(), SOON).toContain(`n: ${value}`);

const onDisk = (): string => join(session.profile.workspace, FILE);
/** Whether the plan in force is that of an earlier text. */
const isStale = async (): Promise<boolean> => (await session.workbench.statusTexts()).some((text) => text.includes("stale"));

test("a text that is broken while the run stands keeps the last good plan: it is stepped on, and mended on the way", async () => {
  const { workbench } = session;
  await workbench.canvas.focus();
  await workbench.press("F5");
  await frames([`Count ${FILE} ${NODE}:5`]);
  writeFileSync(onDisk(), `{ broken ${GRAPH}`);
  await expect.poll(isStale, SOON).toBe(true);
  await debugging.press("Step Over");
  await channel(1);
  writeFileSync(onDisk(), GRAPH);
  await expect.poll(isStale, SOON).toBe(false);
  await debugging.press("Step Over");
  await channel(2);
});

test("closed editors end no session, nor does a file that is deleted: the run is stepped on to its end", async () => {
  const { workbench } = session;
  await workbench.run("View: Close All Editors");
  await debugging.press("Step Over");
  await channel(3);
  rmSync(onDisk());
  await debugging.press("Step Over");
  await channel(4);
  await debugging.press("Continue");
  await expect.poll(() => debugging.isOver(), SOON).toBe(true);
});

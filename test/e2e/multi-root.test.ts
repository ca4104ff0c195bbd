// Two folders in one window: each graph runs with its own folder's handlers, and keeps its runs there.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const graph = (title: string): string => `{
  "patchbay": 1,
  "title": "${title}",
  "channels": { "word": { "schema": { "type": "string" } } },
  "nodes": {
    "say": { "kind": "code", "handler": "./nodes/say.ts" }
  },
  "edges": {
    "begin": { "from": "@start", "to": "say" }
  }
}
`;
const handler = (word: string): string => `export default async () => ({ word: "${word}" });\n`;

let session: WorkbenchSession;
beforeAll(async () => {
  session = await openWorkbench({
    files: {
      "both.code-workspace": JSON.stringify({ folders: [{ path: "roots/north" }, { path: "roots/south" }] }),
      "roots/north/north.patchbay.json": graph("North"),
      "roots/north/nodes/say.ts": handler("from the north"),
      "roots/south/south.patchbay.json": graph("South"),
      "roots/south/nodes/say.ts": handler("from the south"),
    },
    workspaceFile: "both.code-workspace",
  });
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

test.each(["north", "south"])("a graph of the folder %s runs its own handlers, and keeps its runs there", async (root) => {
  const { workbench, profile } = session;
  const canvas = await workbench.openGraph(`${root}.patchbay.json`);
  await canvas.inspector.open();
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  await canvas.focus();
  await expect.poll(() => canvas.inspector.channel("word").innerText(), SOON).toContain(`from the ${root}`);
  expect(existsSync(join(profile.workspace, "roots", root, ".patchbay"))).toBe(true);
  expect(existsSync(join(profile.workspace, ".patchbay"))).toBe(false);
});

test("a handler of the other folder is out of reach, and says so at its place", async () => {
  const { workbench } = session;
  const canvas = await workbench.openGraph("north.patchbay.json");
  await canvas.node("say").click();
  await canvas.inspector.type("handler", "../south/nodes/say.ts");
  await canvas.node("say").locator(".problem-mark").waitFor();
  expect((await workbench.problems()).join("\n")).toMatch(/outside/);
});

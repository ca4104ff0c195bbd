import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const GRAPH = `{
  "patchbay": 1,
  "title": "Orders",
  "channels": {
    "order": { "schema": { "type": "string" }, "default": "none" },
    "total": { "schema": { "type": "number" }, "default": 0 }
  },
  "nodes": {
    "find": { "kind": "code", "label": "Find", "handler": "./nodes/find.ts", "writes": ["order"] },
    "price": { "kind": "code", "label": "Price", "handler": "./nodes/price.ts", "reads": ["order"], "writes": ["total"] },
    "ship": { "kind": "expression", "label": "Ship", "set": { "order": "order + ' shipped'" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "find" },
    "on": { "from": "find", "to": "price" },
    "dear": { "from": "price", "to": "@end", "when": "total > 100.0" },
    "cheap": { "from": "price", "to": "ship", "else": true },
    "done": { "from": "ship", "to": "@end" }
  },
  "layout": { "@start": [0, 40], "find": [160, 0], "price": [460, 0], "ship": [760, 0], "@end": [1060, 40] }
}
`;
const told = `import { appendFileSync } from "node:fs";
const tell = (what: string): void => appendFileSync(new URL("../calls.log", import.meta.url), what + "\\n");
`;
const FIND = `${told}export default () => { tell("find"); return { order: "A-1" }; };\n`;
const PRICE = `${told}interface State {
  readonly order: string;
}
export default ({ order }: State) => {
  tell("price " + order);
  if (order === "") throw new Error("there is no order");
  return { total: order.length };
};
`;

let session: WorkbenchSession;
let canvas: Canvas;

beforeAll(async () => {
  const files = { "orders.patchbay.json": GRAPH, "nodes/find.ts": FIND, "nodes/price.ts": PRICE };
  session = await openWorkbench({ files });
  canvas = await session.workbench.openGraph("orders.patchbay.json");
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

/** What handlers were called for since it was asked last. */
function calls(): string {
  const file = join(session.profile.workspace, "calls.log");
  const all = existsSync(file) ? readFileSync(file, "utf8") : "";
  appendFileSync(file, "---\n");
  return all.slice(all.lastIndexOf("---\n") + 1).replace(/^--\n/, "");
}

async function inMenuOf(node: string, title: string): Promise<void> {
  await canvas.node(node).click({ button: "right" });
  await session.workbench.chooseInMenu(title);
}

const said = (text: string | RegExp) => expect.poll(() => session.workbench.notification(text).count(), SOON).toBe(1);

test("a node runs alone with what is typed, before anything has run", async () => {
  const { workbench } = session;
  await inMenuOf("price", "Run Node Alone");
  await workbench.untilAsked("Run Price Alone");
  await workbench.answer('{"order":"A-77"}');
  await said(/Price: done in .* wrote \{"total": 4\} · goes to Ship/);
  await workbench.screenshots("run-node-done");
  expect(calls()).toBe("price A-77\n");
  expect(existsSync(join(session.profile.workspace, ".patchbay", "patchbay.db"))).toBe(false);
  await workbench.run("Notifications: Clear All Notifications");
});

test("a node runs alone with what it was given last, and the run stands as it stood", async () => {
  const { workbench } = session;
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  expect(calls()).toBe("find\nprice A-1\n");
  await inMenuOf("price", "Run Node Alone");
  await workbench.untilAsked("As It Was Given Last");
  await workbench.choose("As It Was Given Last");
  await said(/Price: done/);
  expect([calls(), await canvas.runStatus()]).toEqual(["price A-1\n", "completed"]);
  await workbench
    .notification(/Price: done/)
    .getByRole("button", { name: "Show Result" })
    .click();
  await expect.poll(() => workbench.text(), SOON).toContain('"total": 3');
  await workbench.screenshots("run-node-result");
  await workbench.run("View: Close Editor");
});

test("an error leads to its place", async () => {
  const { workbench } = session;
  await inMenuOf("price", "Run Node Alone");
  await workbench.untilAsked("Type JSON");
  await workbench.choose("Type JSON");
  await workbench.answer('{"order":""}');
  await said(/Price: failed in .*there is no order/);
  await workbench.screenshots("run-node-failed");
  await workbench
    .notification(/Price: failed/)
    .getByRole("button", { name: "Open Place" })
    .click();
  await expect.poll(() => workbench.text(), SOON).toContain("there is no order");
  await workbench.run("View: Close Editor");
  expect(calls()).toBe("price \n");
});

test("run from here runs the node and what comes of it, and nothing before it", async () => {
  await inMenuOf("price", "Run from Here");
  await expect.poll(() => calls(), SOON).toBe("price A-1\n");
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
});

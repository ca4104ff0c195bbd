import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handlerProcesses } from "./handler-processes.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "guarded.patchbay.json";
const TEXT = `{
  "patchbay": 1,
  "title": "Guarded",
  "channels": { "word": { "schema": { "type": "string" } } },
  "nodes": {
    "say": { "kind": "code", "handler": "./nodes/say.ts", "label": "Say" }
  },
  "edges": {
    "begin": { "from": "@start", "to": "say" },
    "finish": { "from": "say", "to": "@end" }
  },
  "layout": {
    "@start": [0, 0],
    "say": [160, 0],
    "@end": [460, 0]
  }
}
`;
const HANDLER = `import { writeFileSync } from "node:fs";
writeFileSync(new URL("../loaded.txt", import.meta.url), "");
export default async () => ({ word: "said" });
`;

let session: WorkbenchSession;

beforeAll(async () => {
  const settings = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };
  session = await openWorkbench({ trust: true, settings, files: { [FILE]: TEXT, "nodes/say.ts": HANDLER } });
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const inWorkspace = (path: string): string => join(session.profile.workspace, path);

/** What is left behind where something ran. */
const traces = (): readonly string[] => [
  ...[".patchbay", "loaded.txt"].filter((path) => existsSync(inWorkspace(path))),
  ...handlerProcesses(session.profile),
];

test("in Restricted Mode a graph is drawn and edited", async () => {
  const { workbench } = session;
  await workbench.openFile(FILE);
  const { canvas } = workbench;
  await canvas.waitUntilLoaded();
  await canvas.node("say").click();
  await workbench.press("F2");
  await workbench.insert("Speak");
  await workbench.press("Enter");
  await expect.poll(() => canvas.label("say"), SOON).toBe("Speak");
  await workbench.save();
  await expect.poll(() => readFileSync(inWorkspace(FILE), "utf8"), SOON).toBe(TEXT.replace('"label": "Say"', '"label": "Speak"'));
});

test("it is not run, and says why", async () => {
  const { workbench } = session;
  const { canvas } = workbench;
  await canvas.frame.locator("[data-testid=restricted]").waitFor();
  await expect.poll(() => canvas.button("run/start").isDisabled(), SOON).toBe(true);
  await expect.poll(() => canvas.button("run/start").getAttribute("title"), SOON).toBe("Run: trust the workspace first");
  for (const command of ["Patchbay: Run", "Patchbay: Step"]) {
    await workbench.run(command);
    await workbench.notification("This workspace is in Restricted Mode. Trust the workspace to run graphs.").waitFor();
    await workbench.run("Notifications: Clear All Notifications");
  }
  await expect.poll(() => canvas.runStatus(), SOON).toBe("none");
  expect(traces()).toEqual([]);
});

test("once the workspace is trusted it runs, in the same window", async () => {
  const { workbench } = session;
  await workbench.run("Patchbay: Run");
  await workbench.notification("Restricted Mode").getByRole("button", { name: "Manage Workspace Trust" }).click();
  await workbench.trustFolder();
  await workbench.tab(FILE).click();
  const { canvas } = workbench;
  await canvas.waitUntilLoaded();
  await canvas.frame.locator("[data-testid=restricted]").waitFor({ state: "detached" });
  await canvas.button("run/start").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
  expect(traces()).toEqual([".patchbay", "loaded.txt", expect.stringContaining("handler-process")]);
});

test("the window printed no errors", () => {
  expect(session.workbench.errors).toEqual([]);
});

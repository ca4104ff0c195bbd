// A run as its canvas tells of it: what is tried again, worked on in parts, said and asked; and its past, played to and fro.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Rebuilder } from "../../runtime/checkpoint/rebuild.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import type { Canvas } from "./canvas.js";
import { keepFailures } from "./keep-failure.js";
import { openWorkbench, type WorkbenchSession } from "./session.js";
import { SOON } from "./soon.js";

const FILE = "letters.patchbay.json";
const GRAPH = `{
  "patchbay": 1,
  "title": "Letters",
  "channels": {
    "round": { "schema": { "type": "number" }, "default": 0 },
    "names": { "schema": { "type": "array" }, "default": ["Ada", "Bob", "Cleo"] },
    "letter": { "schema": { "type": "string" } },
    "sizes": { "schema": { "type": "array" } },
    "terms": { "schema": { "type": "object" } }
  },
  "nodes": {
    "fetch": { "kind": "code", "handler": "./letters.ts#fetch", "retry": { "attempts": 3, "delay": "50ms" } },
    "write": { "kind": "code", "handler": "./letters.ts#write" },
    "measure": { "kind": "map", "over": "names", "handler": "./letters.ts#measure", "output": "sizes", "concurrency": 2 },
    "approve": {
      "kind": "barrier",
      "label": "Approve",
      "prompt": "Send {{letter}}?",
      "output": "terms",
      "schema": { "type": "object", "properties": { "copies": { "type": "integer" }, "paper": { "enum": ["plain", "fine"] } }, "required": ["copies"] }
    }
  },
  "edges": {
    "begin": { "from": "@start", "to": "fetch" },
    "again": { "from": "fetch", "to": "fetch", "when": "round < 5.0" },
    "enough": { "from": "fetch", "to": "write", "else": true },
    "on": { "from": "write", "to": "measure" },
    "ask": { "from": "measure", "to": "approve" },
    "sent": { "from": "approve", "to": "@end", "on": "approve" },
    "kept": { "from": "approve", "to": "@end", "on": "reject" }
  },
  "layout": {
    "@start": [0, 0],
    "fetch": [160, 0],
    "write": [460, 0],
    "measure": [760, 0],
    "approve": [1060, 0],
    "@end": [1360, 0]
  }
}
`;
const HANDLERS = `const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export async function fetch(state: { round: number }, ctx: { attempt: number }) {
  if (state.round === 2 && ctx.attempt < 3) throw new Error("not yet");
  return { round: state.round + 1 };
}
export async function write(_state: unknown, ctx: { emit(value: unknown): void }) {
  for (const word of "Dear all, the lamps have come back.".split(" ")) {
    ctx.emit(word + " ");
    await wait(250);
  }
  return { letter: "Dear all" };
}
export async function measure(name: string) {
  await wait(1500);
  return name.length;
}
`;

let session: WorkbenchSession;
let canvas: Canvas;
beforeAll(async () => {
  session = await openWorkbench({ files: { [FILE]: GRAPH, "letters.ts": HANDLERS } });
  await session.workbench.run("View: Close Primary Side Bar");
  canvas = await session.workbench.openGraph(FILE);
});
afterAll(() => session.close());
keepFailures(() => session.workbench);

const slider = () => canvas.frame.getByRole("slider", { name: "Superstep" });
const looking = () => canvas.frame.getByTestId("looking");
const value = (channel: string): Promise<string> => canvas.frame.locator(`[data-channel="${channel}"] code`).first().innerText();

test("a run tells what is tried again, said and worked on in parts, and is answered at its node by a form", async () => {
  const { workbench } = session;
  await canvas.focus();
  await workbench.press("Control+F5");
  const line = canvas.node("write").locator(".card-line");
  await expect.poll(() => line.innerText(), SOON).toContain("Dear all,");
  await expect
    .poll(() => canvas.node("measure").locator('[data-mark="share"]').getAttribute("title"), SOON)
    .toMatch(/of 3 items · at most 2 at once/);
  await expect.poll(() => canvas.runStatus(), SOON).toBe("waiting");
  expect(await canvas.node("fetch").locator('[data-mark="retried"]').count()).toBe(0); // the last round needed no other attempt
  await canvas.node("approve").locator('[data-mark="asks"]').click();
  const dialog = canvas.frame.getByRole("dialog", { name: "Question of Approve" });
  await dialog.locator('[data-answer="copies"] input').fill("2");
  await dialog.locator('[data-answer="paper"]').selectOption("fine");
  await workbench.screenshots("run-asks");
  await dialog.locator('[data-action="approve"]').click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("paused");
  await canvas.button("run/continue").click();
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
});

test("what was said stays in the inspector, and why an edge was taken is told with what was read", async () => {
  await canvas.node("write").click();
  await expect.poll(() => canvas.frame.locator('[data-fact="said"]').innerText(), SOON).toContain("the lamps have come back.");
  await expect.poll(() => canvas.pill("again").locator(".test-mark").getAttribute("data-test"), SOON).toBe("not-taken");
  await canvas.pill("again").click();
  await expect.poll(() => canvas.frame.locator('[data-fact="tested-outcome"]').innerText(), SOON).toBe("false: not taken");
  await expect.poll(() => canvas.frame.locator('[data-fact="tested-read"]').allInnerTexts(), SOON).toEqual(["5"]);
});

test("its past is played to and fro, superstep by superstep as the checkpoints have it, and the run does not move", async () => {
  const { workbench, profile } = session;
  await canvas.focus();
  await workbench.press("Escape");
  const folder = join(profile.workspace, ".patchbay");
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  const store = openSqliteStore(folder);
  const [run] = store.runs();
  const line = store.lineage(run?.head ?? "");
  const rounds = new Map(
    line
      .map(({ id, superstep }) => [superstep, new Rebuilder((each) => store.load(each)).rebuild(id).values["round"]] as const)
      .toReversed(),
  );
  store.close();
  const last = line[0]?.superstep ?? 0;
  await slider().focus();
  const see = async (superstep: number): Promise<void> => {
    await expect.poll(() => looking().innerText(), SOON).toContain(`superstep ${String(superstep)} of ${String(last)}`);
    await expect.poll(() => value("round"), SOON).toBe(JSON.stringify(rounds.get(superstep)));
  };
  for (let superstep = last - 1; superstep >= 0; superstep -= 1) {
    await workbench.press("ArrowLeft");
    await see(superstep);
  }
  await expect.poll(() => canvas.state("fetch"), SOON).toBe("due");
  for (let superstep = 1; superstep <= 4; superstep += 1) {
    await workbench.press("ArrowRight");
    await see(superstep);
  }
  await workbench.press("ArrowLeft");
  await see(3);
  expect(await canvas.node("fetch").locator('[data-mark="retried"]').count()).toBe(0);
  await workbench.screenshots("run-past");
  await canvas.frame.locator('[data-command="past/leave"]').click();
  expect(await looking().count()).toBe(0);
  await expect.poll(() => canvas.runStatus(), SOON).toBe("completed");
});

test("what is looked at is restored by its checkpoint", async () => {
  const { workbench } = session;
  await slider().focus();
  await workbench.press("Home");
  await workbench.press("ArrowRight");
  await workbench.press("ArrowRight");
  await expect.poll(() => looking().innerText(), SOON).toContain("superstep 2 of");
  await canvas.frame.locator('[data-command="past/restore"]').click();
  await expect.poll(() => canvas.frame.getByTestId("run-status").innerText(), SOON).toBe("Restored superstep 2");
  expect(await looking().count()).toBe(0);
  await expect.poll(() => value("round"), SOON).toBe("2");
});

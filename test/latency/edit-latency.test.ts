import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inProject } from "../../scripts/layout.mjs";
import { openWorkbench, type WorkbenchSession } from "../e2e/session.js";
import { packSuiteExtension } from "../host/pack-suite-extension.js";
import { type ChangeLatencies, LATENCIES_SETTING, type LatencyRequest } from "../host/suite-extension/latency-request.js";

const NODES = 1_000;
const ROUNDS = 60;
const WARM_UP = 8;
const LATENCIES = inProject("out", "test", `latencies-${process.pid}.json`);

/** A chain with a bypass in its middle, whose end is what is edited. */
function graph(): string {
  const nodes = Array.from({ length: NODES }, (_, index) => `n${String(index).padStart(4, "0")}`);
  const node = (id: string): string => `    "${id}": { "kind": "expression", "set": { "n": "n + 1" } }`;
  const edge = (to: string, index: number): string => `    "e${index}": { "from": "${nodes[index]}", "to": "${to}" }`;
  const place = (id: string, index: number): string => `    "${id}": [${(index % 40) * 240}, ${Math.floor(index / 40) * 120}]`;
  return `{
  "patchbay": 1,
  "channels": { "n": { "schema": { "type": "integer" }, "default": 0 } },
  "nodes": {
${nodes.map(node).join(",\n")}
  },
  "edges": {
    "begin": { "from": "@start", "to": "n0000" },
    "bypass": { "from": "n0500", "to": "n0600", "when": "n > 5" },
${nodes.slice(1).map(edge).join(",\n")}
  },
  "layout": {
${nodes.map(place).join(",\n")}
  }
}
`;
}

/** An edit of the canvas, from the gesture, in milliseconds. */
interface Taken {
  /** To the host's answer: by then the text is changed and the plan is in force. */
  readonly acknowledged: number;
  /** To the changed graph. */
  readonly drawn: number;
}

let session: WorkbenchSession;

beforeAll(async () => {
  const text = graph();
  mkdirSync(dirname(LATENCIES), { recursive: true });
  session = await openWorkbench({
    files: { "large/large.patchbay.json": text, "large/plain.json": text },
    settings: { [LATENCIES_SETTING]: LATENCIES },
    extensions: [await packSuiteExtension()],
  });
});
afterAll(() => session.close());

test("an edit of the canvas is in force and acknowledged", async () => {
  const { workbench } = session;
  const { canvas } = workbench;
  const { changed: plain } = await changesOf("large/plain.json");

  await workbench.openFile("large/large.patchbay.json");
  await canvas.waitUntilLoaded();
  const { inForce } = await changesOf("large/large.patchbay.json");
  await canvas.inspector.open();
  await canvas.edge("bypass").dispatchEvent("click");
  await canvas.inspector.field("to").waitFor();
  const frame = await (await canvas.frame.locator("body").elementHandle())?.ownerFrame();
  if (frame == null) throw new Error("the canvas has no frame");
  await watch(frame);
  const taken: Taken[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    await canvas.inspector.choose("to", round % 2 === 0 ? "n0700" : "n0600");
    await expect.poll(() => frame.evaluate(() => (globalThis as Watched).taken.length), { timeout: 20_000, interval: 5 }).toBe(round + 1);
  }
  taken.push(...(await frame.evaluate(() => (globalThis as Watched).taken)).slice(WARM_UP));
  expect(taken.length).toBe(ROUNDS);

  expect(inForce.length).toBe(ROUNDS);
  const own = figures(plain);
  const rows: readonly (readonly [string, Figures])[] = [
    ["a document's change, VS Code alone", own],
    ["a graph's change to its plan in force, extension host", beyond(own, inForce)],
    [
      "a gesture on the canvas to its answer",
      beyond(
        own,
        taken.map(({ acknowledged }) => acknowledged),
      ),
    ],
    [
      "a gesture on the canvas to the changed graph there",
      beyond(
        own,
        taken.map(({ drawn }) => drawn),
      ),
    ],
  ];
  console.log(
    [`edits of a graph of ${NODES} nodes in a real VS Code, ${ROUNDS} rounds, ms`, ...rows.map(([name, each]) => rowText(name, each))].join(
      "\n",
    ),
  );
});

type Watched = typeof globalThis & { taken: Taken[] };

/** Notes when an edit begins, and when its answer and the changed graph arrive. */
async function watch(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const taken: Taken[] = [];
    (globalThis as Watched).taken = taken;
    let began = 0;
    let acknowledged: number | undefined;
    let drawn: number | undefined;
    addEventListener("change", () => ([began, acknowledged, drawn] = [performance.now(), undefined, undefined]), true);
    addEventListener("message", ({ data }: MessageEvent<{ readonly kind?: string; readonly name?: string }>) => {
      if (data.kind === "response") acknowledged ??= performance.now() - began;
      if (data.name?.startsWith("graph/") === true) drawn ??= performance.now() - began;
      if (acknowledged === undefined || drawn === undefined || began === 0) return;
      taken.push({ acknowledged, drawn });
      began = 0;
    });
  });
}

/** Retargets an edge by edits of the text, from within the extension host. */
async function changesOf(path: string): Promise<ChangeLatencies> {
  const request: LatencyRequest = { path, texts: ['"to": "n0600", "when"', '"to": "n0700", "when"'], rounds: ROUNDS, warmUp: WARM_UP };
  rmSync(LATENCIES, { force: true });
  writeFileSync(`${LATENCIES}.request`, JSON.stringify(request));
  await session.workbench.run("Patchbay Tests: Measure Document Changes");
  await expect.poll(() => existsSync(LATENCIES), { timeout: 60_000 }).toBe(true);
  return JSON.parse(readFileSync(LATENCIES, "utf8")) as ChangeLatencies;
}

interface Figures {
  readonly p50: number;
  readonly p95: number;
  /** What of them VS Code's own change of a document does not take. */
  readonly beyond?: { readonly p50: number; readonly p95: number };
}

function figures(values: readonly number[]): Figures {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

function beyond(own: Figures, values: readonly number[]): Figures {
  const { p50, p95 } = figures(values);
  return { p50, p95, beyond: { p50: p50 - own.p50, p95: p95 - own.p95 } };
}

function rowText(name: string, { p50, p95, beyond: more }: Figures): string {
  const pair = (one: number, other: number): string => `p50 ${one.toFixed(1).padStart(6)}   p95 ${other.toFixed(1).padStart(6)}`;
  return `  ${name.padEnd(54)} ${pair(p50, p95)}${more === undefined ? "" : `   beyond VS Code's own: ${pair(more.p50, more.p95)}`}`;
}

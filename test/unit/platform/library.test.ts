import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRuntime, openGraph, type RunSession } from "../../../runtime/index.js";
import { graphText } from "../../support/graph-text.js";
import { bundle } from "./bundle.js";

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "patchbay-library-")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers every question with yes until the run ends. */
async function approveAll(run: RunSession): Promise<void> {
  await run.continue();
  while (run.status === "waiting") {
    for (const { key } of run.frontier.questions) run.decide(key, { action: "approve", actor: "test" });
    await run.continue();
  }
}

describe("as a library", () => {
  test("runs a graph whose handlers are functions", async () => {
    const path = join(folder, "count.patchbay.json");
    writeFileSync(
      path,
      graphText({ channels: { n: { reducer: "sum" } }, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "a -> b" } }),
    );
    const runtime = createRuntime({ handlers: { "./a.ts": () => ({ n: 1 }), "./b.ts": (state) => ({ n: Number(state["n"]) * 10 }) } });
    const run = runtime.start(await openGraph(path), { input: { n: 4 } });
    await run.continue();
    expect([run.status, run.channels]).toEqual(["completed", { n: 55 }]);
    await runtime.close();
  });

  test("keeps as many checkpoints of a run that has ended as its graph says, and all of one that waits", async () => {
    const path = join(folder, "kept.patchbay.json");
    const edges = { e1: "@start -> a", e2: "a -> a when n < 8.0", e3: "a -> ask else", e4: "ask -> @end on approve" };
    const nodes = { a: {}, ask: { kind: "barrier", prompt: "?" } };
    const channels = { n: { schema: { type: "number" }, reducer: "sum", default: 0 }, text: {} };
    writeFileSync(path, graphText({ channels, nodes, edges, checkpoints: { keep: 3 } }));
    // What is written outweighs what there is, so that checkpoints do not build on many others.
    const runtime = createRuntime({ handlers: { "./a.ts": () => ({ n: 1, text: "text".repeat(5_000) }) } });
    const run = runtime.start(await openGraph(path));
    await run.continue();
    expect([run.status, runtime.store.list(run.id).length]).toEqual(["waiting", 10]);
    await approveAll(run);
    expect([run.status, runtime.store.list(run.id).length]).toEqual(["completed", 4]);
    // Ends that are gone are out of reach, and those that are there are not.
    expect([run.back(), run.frontier.superstep, run.back(9)]).toEqual([true, 8, false]);
    await runtime.close();
  });

  test("runs an example in handler processes, and takes the run up again from its store", async () => {
    cpSync("examples/refund-triage", join(folder, "refund-triage"), { recursive: true });
    const handlerProcess = await bundle("runtime/platform/handler-process/main.ts", join(folder, "handler-process.mjs"));
    const graph = await openGraph(join(folder, "refund-triage", "refund-triage.patchbay.json"));
    const options = { store: join(folder, "store"), workspace: folder, handlerProcess };

    const first = createRuntime(options);
    const waiting = first.start(graph);
    await waiting.continue();
    expect([waiting.status, waiting.frontier.questions.map(({ node }) => node)]).toEqual(["waiting", ["approve"]]);
    await first.close();

    const second = createRuntime(options);
    const resumed = second.resume(graph, waiting.id);
    await approveAll(resumed);
    expect(resumed.status).toBe("completed");
    expect(readFileSync(join(folder, "refund-triage", "out", "refund-triage.md"), "utf8")).toBe(
      readFileSync("test/golden/refund-triage.md", "utf8"),
    );
    await second.close();
  });

  test("takes a run up again once a handler that ended its process is mended; finished siblings stay finished", async () => {
    const path = join(folder, "mend.patchbay.json");
    const handlerProcess = await bundle("runtime/platform/handler-process/main.ts", join(folder, "handler-process.mjs"));
    const edges = { e1: "@start -> good", e2: "@start -> bad" };
    writeFileSync(
      path,
      graphText({ channels: { n: { reducer: "sum" }, log: { reducer: "append" } }, nodes: { good: {}, bad: {} }, edges }),
    );
    writeFileSync(join(folder, "good.ts"), "export default () => ({ n: 1, log: ['good'] });");
    writeFileSync(
      join(folder, "bad.ts"),
      "export const exec = async () => (await new Promise((resolve) => setTimeout(resolve, 200)), process.exit(3));",
    );
    const runtime = createRuntime({ store: join(folder, "store-2"), workspace: folder, handlerProcess, limits: { processes: 2 } });
    const run = runtime.start(await openGraph(path), { input: {} });
    await run.continue();
    expect([run.status, run.frontier.error?.code, run.frontier.results.map(({ node }) => node)]).toEqual([
      "failed",
      "HANDLER_PROCESS",
      ["good"],
    ]);
    writeFileSync(
      join(folder, "bad.ts"),
      "export const exec = () => 10;\nexport const post = (_s, _p, n, ctx) => ctx.command({ update: { n, log: ['mended'] } });",
    );
    await run.dispose();
    const again = runtime.resume(await openGraph(path), run.id);
    await again.continue();
    expect([again.status, again.channels]).toEqual(["completed", { n: 11, log: ["good", "mended"] }]);
    await again.dispose();
    await runtime.close();
  });

  test("says what is wrong with a graph instead of running it", async () => {
    const path = join(folder, "broken.patchbay.json");
    writeFileSync(path, graphText({ nodes: { a: {} }, edges: { e1: "a -> nowhere" } }));
    const graph = await openGraph(path);
    expect(graph.problems.map((problem) => problem.code)).toContain("DANGLING_EDGE");
    const runtime = createRuntime({ handlers: {} });
    expect(() => runtime.start(graph)).toThrow(expect.objectContaining({ code: "PLAN_INVALID" }) as Error);
    await expect(openGraph(join(folder, "none.json"))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await runtime.close();
  });
});

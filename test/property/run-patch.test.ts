import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { runPatch } from "../../extension/bridge/run-patch.js";
import { notifications } from "../../webview/protocol/messages.js";
import type { RunView } from "../../webview/protocol/views.js";
import { patchedRun } from "../../webview/store/patched-run.js";
import { runOf } from "../webview/samples.js";

/** What arrives at the other side. */
const posted = <Value>(value: Value): Value => structuredClone(value);

const id = fc.integer({ min: 0, max: 299 }).map((index) => `n${index}`);
const status = fc.constantFrom("due", "running", "waiting", "done", "failed");
const node = fc
  .record({ status, count: fc.nat(3) })
  .chain((each) => fc.option(fc.nat(9), { nil: undefined }).map((ms) => (ms === undefined ? each : { ...each, ms })));
const count = fc.nat(9);

/** Each makes another run of one. */
const change: fc.Arbitrary<(run: RunView) => RunView> = fc.oneof(
  fc.tuple(id, node).map(([at, each]) => (run: RunView) => ({ ...run, nodes: { ...run.nodes, [at]: each } })),
  id.map((at) => (run: RunView) => ({ ...run, nodes: Object.fromEntries(Object.entries(run.nodes).filter(([name]) => name !== at)) })),
  fc.tuple(id, count).map(([at, superstep]) => (run: RunView) => ({ ...run, edges: { ...run.edges, [at]: superstep } })),
  fc.tuple(id, count).map(([at, superstep]) => (run: RunView) => ({ ...run, tested: { ...run.tested, [at]: superstep } })),
  fc.constant(({ tested: _tested, ...run }: RunView) => run),
  count.map((superstep) => (run: RunView) => ({ ...run, superstep, status: "running" as const })),
  fc.string().map((error) => (run: RunView) => ({ ...run, error })),
  fc.constant(({ error: _error, ...run }: RunView) => run),
  fc.uniqueArray(id, { maxLength: 3 }).map((live) => (run: RunView) => ({ ...run, live })),
  fc.constant((run: RunView) => ({ ...run, run: "another", nodes: {}, edges: {} })),
);

const many = runOf({
  nodes: Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`n${index}`, { status: "done" as const, count: 1 }])),
  edges: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`e${index}`, 1])),
});

test("patches make of a canvas's run what the host has, whatever happened", () => {
  let patches = 0;
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 8 }), (turns) => {
      let run = many;
      let canvas = v.parse(notifications["run/changed"], posted(run));
      for (const turn of turns) {
        const next = { ...turn.reduce((each, make) => make(each), run), sequence: run.sequence + 1 };
        const patch = runPatch(run, next);
        if (patch !== undefined) patches += 1;
        const before = canvas;
        const whole = v.parse(notifications["run/changed"], posted(next));
        canvas = patch === undefined ? whole : patchedRun(canvas, v.parse(notifications["run/patched"], posted(patch)));
        expect(canvas).toEqual(whole);
        if (patch !== undefined)
          for (const [name, state] of Object.entries(canvas.nodes)) if (!(name in patch.nodes.put)) expect(state).toBe(before.nodes[name]);
        run = next;
      }
    }),
    { numRuns: 200 },
  );
  expect(patches).toBeGreaterThan(100);
});

test("of a small run, and of another one, the whole is sent", () => {
  expect(runPatch(runOf(), runOf({ sequence: 2 }))).toBeUndefined();
  expect(runPatch(many, { ...many, run: "another" })).toBeUndefined();
  expect(runPatch(many, { ...many, sequence: 2, superstep: 9 })).toMatchObject({ base: 1, sequence: 2, fields: { superstep: 9 } });
});

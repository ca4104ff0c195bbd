import { describe, expect, test } from "vitest";
import { CompileQueue, GraphCompiler, parseDocument, RunSession, type Compiled, type JsonObject } from "../../../runtime/index.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { logChannel, logs, services } from "./harness.js";

const loop: ShortGraph = {
  channels: logChannel,
  nodes: { a: {}, b: {}, c: {} },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> a when size(log) < 4", e4: "b -> @end else", e5: "c -> @end" },
};
const otherHandler: ShortGraph = { ...loop, nodes: { ...loop.nodes, a: { handler: "./c.ts" } } };
const otherRoute: ShortGraph = { ...loop, edges: { ...loop.edges, e2: "a -> c" } };

/** A graph under edit, and runs of it in which `a` waits at its gate each time until that is opened. */
function world() {
  const clock = new ManualClock();
  const compiler = new GraphCompiler("g", new CompileQueue(clock), clock);
  let document = parseDocument(graphText(loop));
  compiler.update(document);
  const planned = (): Compiled => {
    if (compiler.current === undefined) throw new Error("There is no plan.");
    return compiler.current;
  };
  return {
    planned,
    edit: (graph: ShortGraph): void => {
      document = parseDocument(graphText(graph), document);
      compiler.update(document);
    },
    run: () => {
      let open = (): void => undefined;
      const gate = new Promise<void>((resolve) => (open = resolve));
      const handlers = { ...logs("b", "c"), a: async (): Promise<JsonObject> => (await gate, { log: ["a"] }) };
      const session = RunSession.start(planned(), { graph: "test" }, services(handlers));
      const done = session.continue();
      const offer = (): void => {
        const [record] = compiler.history;
        if (record !== undefined) session.offerPlan(planned(), record);
      };
      return {
        session,
        offer,
        async finish(): Promise<unknown> {
          open();
          await done;
          return session.channels["log"];
        },
      };
    },
  };
}

describe("a plan that is patched while runs are at work on it", () => {
  test("is as it was for the run that is not offered the new one", async () => {
    const { edit, run } = world();
    const [pinned, moved] = [run(), run()];
    edit(otherRoute);
    moved.offer();
    expect(await pinned.finish()).toEqual(["a", "b", "a", "b"]);
    expect(await moved.finish()).toEqual(["a", "c"]);
    expect(pinned.session.plan.revision).not.toBe(moved.session.plan.revision);
  });

  test("is left at the boundary: what is at work ends as it began, what comes after is new", async () => {
    const { edit, run } = world();
    const one = run();
    edit(otherHandler);
    one.offer();
    expect(await one.finish()).toEqual(["a", "b", "c", "b"]);
  });

  test("is left for the newest of several, once", async () => {
    const { edit, run, planned } = world();
    const one = run();
    for (const graph of [otherRoute, otherHandler, loop, otherRoute]) {
      edit(graph);
      one.offer();
    }
    expect(await one.finish()).toEqual(["a", "c"]);
    expect(one.session.trace.filter((event) => event.type === "recompile")).toMatchObject([
      { superstep: 1, revision: planned().plan.revision },
    ]);
  });
});

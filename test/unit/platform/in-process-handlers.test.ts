import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { inProcessHandlers } from "../../../runtime/platform/in-process-handlers.js";
import { callExport, handlerCall, recorder, updateOf } from "./host-calls.js";

const never = new AbortController().signal;
const wait = () => new Promise<never>(() => {});

describe("handlers in process", () => {
  it("answer as those in a process do", async () => {
    const host = inProcessHandlers({
      double: ({ n }: { n: number }) => ({ n: n * 2, skipped: undefined }),
      later: async (_state, ctx) => ctx.command({ action: "go" }),
      "double#other": () => {},
    });
    expect(updateOf(await callExport(host, "double", "default", { n: 4 }))).toEqual({ n: 8 });
    expect(await callExport(host, "later")).toEqual({ ok: true, result: { update: {}, action: "go" } });
    expect(await callExport(host, "double", "other")).toEqual({ ok: true, result: { update: {} } });
  });

  it.each([
    [
      "HANDLER_FAILED",
      () => {
        throw new RangeError("no");
      },
      { message: "no", details: { name: "RangeError" }, stack: expect.stringContaining("in-process-handlers.test") },
    ],
    ["HANDLER_RESULT", () => ({ a: { when: new Date(0) } }), { details: { path: "a.when" } }],
    ["HANDLER_RESULT", () => 7, { details: { path: "" } }],
  ])("%s: is an outcome", async (code, handler, error) => {
    expect(await callExport(inProcessHandlers({ handler }), "handler")).toMatchObject({ ok: false, error: { code, ...error } });
  });

  it.each(["absent", "toString"])("does not know %s", async (name) => {
    expect(await callExport(inProcessHandlers({ one: () => {} }), name)).toMatchObject({
      error: { code: "HANDLER_MISSING", message: expect.stringContaining('"one"') },
    });
  });

  it.each<readonly [string, (state: { list: JsonValue[]; order: { lines: { n: number }[] } }) => unknown]>([
    ["an array", ({ list }) => list.push("mine")],
    ["an item", ({ list }) => ((list[0] as { n: number }).n = 9)],
    ["the length", ({ list }) => (list.length = 0)],
    ["the order", ({ list }) => list.reverse()],
    ["an object", ({ order }) => (order.lines = [])],
    ["what is deep inside", ({ order }) => ((order.lines[0] as { n: number }).n = 9)],
    ["a channel", (state) => (state.list = [])],
  ])("cannot change %s in place", async (_name, change) => {
    const values = { list: [{ n: 1 }, { n: 2 }], order: { lines: [{ n: 1 }] } };
    const before = JSON.stringify(values);
    const outcome = await callExport(
      inProcessHandlers({ change: (state: Parameters<typeof change>[0]) => void change(state) }),
      "change",
      "default",
      values,
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: "HANDLER_FAILED", message: expect.stringContaining("return an update") } });
    expect(JSON.stringify(values)).toBe(before);
  });

  it("see an array that goes on growing elsewhere, without freezing it", async () => {
    const list: JsonValue[] = [1, 2];
    const host = inProcessHandlers({
      look: ({ list: shown }: { list: number[] }) => ({
        all: shown,
        sum: shown.reduce((a, b) => a + b),
        is: Array.isArray(shown),
        json: JSON.stringify(shown),
      }),
    });
    expect(updateOf(await callExport(host, "look", "default", { list }))).toEqual({ all: [1, 2], sum: 3, is: true, json: "[1,2]" });
    list.push(3);
    expect(updateOf(await callExport(host, "look", "default", { list }))).toMatchObject({ sum: 6 });
  });

  it("return copies: what they do with their own objects later changes nothing", async () => {
    const own = { deep: [1] };
    const update = updateOf(await callExport(inProcessHandlers({ give: () => ({ own }) }), "give"));
    own.deep.push(2);
    expect(update).toEqual({ own: { deep: [1] } });
    expect(Object.isFrozen(update["own"])).toBe(true);
  });

  it("report logs and progress", async () => {
    const { lines, events } = recorder();
    const host = inProcessHandlers({ talk: (_state, { log, progress }) => (log("a", 1), log.debug("b"), progress(2, "c")) });
    await host.call(handlerCall("talk"), events, never);
    expect(lines).toEqual(["info a 1", "debug b", "progress 1 c"]);
  });

  it("are given up when they are stopped, by their signal and for good", async () => {
    const stop = new AbortController();
    const seen: boolean[] = [];
    const host = inProcessHandlers({
      stuck: (_state, { signal }: HandlerContext) => {
        signal.addEventListener("abort", () => seen.push(signal.aborted));
        return wait();
      },
    });
    const call = callExport(host, "stuck", "default", {}, stop.signal);
    stop.abort();
    expect(await call).toMatchObject({ error: { code: "CANCELLED" } });
    expect(seen).toEqual([true]);
    expect(await callExport(host, "stuck", "default", {}, stop.signal)).toMatchObject({ error: { code: "CANCELLED" } });
  });

  it("end with the host", async () => {
    const host = inProcessHandlers({ stuck: wait, one: () => {} });
    const call = callExport(host, "stuck");
    await host.dispose();
    expect(await call).toMatchObject({ error: { code: "HANDLER_PROCESS" } });
    expect(await callExport(host, "one")).toMatchObject({ error: { code: "HANDLER_PROCESS" } });
  });
});

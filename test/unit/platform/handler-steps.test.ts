import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HandlerCall, HandlerHost } from "../../../runtime/ports.js";
import { inProcessHandlers } from "../../../runtime/platform/in-process-handlers.js";
import * as steps from "../../fixtures/handlers/steps.js";
import { callExport, handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
const hosts: Record<string, HandlerHost> = {};
let module = "";

beforeAll(async () => {
  await harness.prepare();
  module = harness.path("steps.ts");
  hosts["in a process"] = harness.host();
  hosts["in this process"] = inProcessHandlers({ [module]: steps });
});
afterAll(() => harness.clean());

const call = async (
  where: string,
  values: Record<string, string | number>,
  more: Partial<HandlerCall> = {},
  signal = new AbortController().signal,
) => {
  const { lines, events } = recorder();
  const host = hosts[where];
  if (host === undefined) throw new Error(where);
  return { lines, outcome: await host.call(handlerCall(module, "default", values, more), events, signal) };
};

describe.each(["in a process", "in this process"])("a handler in parts, %s", (where) => {
  it("runs them in their order, each with what came before", async () => {
    const { outcome } = await call(where, { n: 2 });
    expect(outcome).toEqual({ ok: true, result: { update: { before: 2, prepared: 20, result: 21 }, action: "go" } });
  });

  it("takes the action that post names", async () => {
    const { outcome } = await call(where, { n: 0 });
    expect(outcome).toEqual({ ok: true, result: { update: {}, action: "none" } });
  });

  it("falls back when exec has failed for good, says so, and goes on to post", async () => {
    const { lines, outcome } = await call(where, { n: 2, fail: "exec" });
    expect(outcome).toEqual({ ok: true, result: { update: { before: 2, prepared: 20, result: -20 }, action: "go" } });
    expect(lines).toEqual(["info exec 1", "warn exec failed, fallback takes over: exec failed"]);
  });

  it("does not fall back while the call will be tried again", async () => {
    const { outcome } = await call(where, { n: 2, fail: "exec" }, { lastAttempt: false });
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: "HANDLER_FAILED", message: "exec failed", details: { name: "RangeError" } },
    });
    const last = await call(where, { n: 2, fail: "exec" }, { attempt: 3, lastAttempt: true });
    expect([last.outcome.ok, last.lines[0]]).toEqual([true, "info exec 3"]);
  });

  it.each(["prep", "post", "exec and fallback"])("fails when %s does: a failure takes no route as if it had succeeded", async (fail) => {
    const { outcome } = await call(where, { n: 2, fail });
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: "HANDLER_FAILED", message: expect.stringMatching(/^(prep|post|fallback) failed$/) },
    });
  });
});

describe("a module with parts", () => {
  it.each([
    ["exec alone", "export const exec = ({ n }) => ({ n: n + 1 });", { n: 3 }],
    ["no post", "export const prep = ({ n }) => n * 10;\nexport const exec = (n) => ({ n });", { n: 20 }],
    ["a default too, which counts", "export const exec = () => ({ n: 1 });\nexport default () => ({ n: 9 });", { n: 9 }],
    [
      "a part that pauses",
      "export const exec = async ({ n }) => (await null, n);\nexport const post = async (s, p, n) => ({ n });",
      { n: 2 },
    ],
  ])("may have %s", async (name, source, update) => {
    const path = harness.write(`parts ${name}.js`, source);
    expect(updateOf(await callExport(harness.host(), path, "default", { n: 2 }))).toEqual(update);
  });

  it.each(["prep", "post", "fallback"])("without exec (%s) has no handler", async (part) => {
    const path = harness.write(`no exec ${part}.js`, `export const ${part} = () => ({});`);
    expect(await callExport(harness.host(), path)).toMatchObject({ error: { code: "HANDLER_EXPORT" } });
  });

  it("offers its parts by name as well", async () => {
    expect(
      updateOf(await callExport(harness.host(), harness.write("by name.js", "export const exec = () => ({ n: 5 });"), "exec")),
    ).toEqual({ n: 5 });
  });
});

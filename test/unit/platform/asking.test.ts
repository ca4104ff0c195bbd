import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorInfo } from "../../../runtime/errors.js";
import { inProcessHandlers } from "../../../runtime/platform/in-process-handlers.js";
import type { HandlerHost } from "../../../runtime/ports.js";
import { asks, tellsError } from "../../fixtures/handlers/samples.js";
import { callExport, handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
const never = new AbortController().signal;
let module = "";

beforeAll(async () => {
  await harness.prepare();
  module = harness.path("samples.ts");
});
afterAll(() => harness.clean());

const hosts: Readonly<Record<string, () => HandlerHost>> = {
  "in a process": () => harness.host(),
  "in process": () => inProcessHandlers({ [`${module}#asks`]: asks, [`${module}#tellsError`]: tellsError }),
};

describe.each(Object.entries(hosts))("a handler %s", (_where, open) => {
  it("ends its call with all that it asks", async () => {
    expect(await callExport(open(), module, "asks")).toEqual({
      ok: true,
      result: {
        update: {},
        asks: [
          { key: "size", prompt: "How big?", actions: ["answer"], schema: { type: "number" } },
          { key: "colour", prompt: "Which?", actions: ["red", "blue"] },
        ],
      },
    });
  });

  it("asks only for what has no answer, and has the answers by key", async () => {
    const host = open();
    const colour = { action: "blue", actor: "ann" };
    const call = (answers: object) => host.call(handlerCall(module, "asks", {}, { answers: { ...answers } }), recorder().events, never);
    expect(await call({ colour })).toMatchObject({ ok: true, result: { asks: [{ key: "size" }] } });
    expect(updateOf(await call({ colour, size: { action: "answer", value: 4, actor: "ann" } }))).toEqual({ size: 4, colour: "blue" });
  });

  it("is told the error that it stands in for", async () => {
    const error = errorInfo("TIMED_OUT", "too late", { node: "a" });
    const outcome = await open().call(handlerCall(module, "tellsError", {}, { error }), recorder().events, never);
    expect(updateOf(outcome)).toEqual({ code: "TIMED_OUT", message: "too late" });
  });
});

describe("the version of a module", () => {
  it("changes with its text and with that of what it imports, however it is written", () => {
    const host = harness.host();
    const deep = harness.write("lib/deep.ts", "export const n = 1;\n");
    harness.write("lib/index.ts", 'export { n } from "./deep.js";\n');
    const entry = harness.write("entry.ts", 'import { n } from "./lib";\nexport default () => ({ n });\n');
    const other = harness.write("other.ts", "export default () => ({});\n");
    const before = [entry, other].map((file) => host.version?.(file));
    expect(before[0]).not.toBe(before[1]);
    expect([entry, other].map((file) => host.version?.(file))).toEqual(before);
    harness.write("lib/deep.ts", "export const n = 22;\n");
    const after = [entry, other].map((file) => host.version?.(file));
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([false, true]);
    expect(host.version?.(deep)).not.toBe(host.version?.(harness.path("no-such-file.ts")));
  });
});

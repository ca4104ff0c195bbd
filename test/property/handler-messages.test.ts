import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { JsonValue } from "../../runtime/model/json.js";
import type { FromProcess } from "../../runtime/platform/handler-process/messages.js";
import { createHandlerHost } from "../../runtime/platform/handler-host.js";
import { readMessage } from "../../runtime/platform/handler-pool/read-message.js";
import { handlerCall, recorder } from "../unit/platform/host-calls.js";

const id = fc.integer();
const text = fc.string();
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
const object = fc.dictionary(text, json);
const record = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, optional: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}) =>
  fc.record({ ...fields, ...optional }, { requiredKeys: Object.keys(fields), noNullPrototype: true });

const error = record({ code: fc.constantFrom("HANDLER_FAILED", "TIMED_OUT"), message: text }, { details: object, stack: text });
const result = record(
  { update: object },
  {
    cleared: fc.array(text),
    action: text,
    goto: fc.array(text),
    send: fc.array(record({ to: text }, { input: json })),
    value: json,
    asks: fc.array(record({ key: text, prompt: text, actions: fc.array(text) }, { schema: object })),
  },
);
const ended = fc.oneof(record({ ok: fc.constant(true), result }), record({ ok: fc.constant(false), error }));
const step = fc.oneof(
  record({ open: fc.constantFrom("array", "object", "text") }),
  record({ items: fc.array(json) }),
  record({ members: fc.array(fc.tuple(text, json)) }),
  record({ text }),
  record({ key: text }),
  record({ close: fc.constant(true) }),
);
const place = { line: id, column: id };
const found = record({ url: text, imports: fc.array(record({ path: text, ...place })) }, { fault: record({ message: text, ...place }) });
const kinds: Readonly<Record<FromProcess["type"], fc.Arbitrary<object>>> = {
  ready: record({}),
  pong: record({}),
  leaving: record({}),
  missing: record({ id, channels: fc.array(text) }),
  log: record({ id, level: fc.constantFrom("debug", "info", "warn", "error"), message: text }),
  progress: record({ id, fraction: fc.double({ noNaN: true, noDefaultInfinity: true }) }, { message: text }),
  emit: record({ id, value: json }),
  done: record({ id, outcome: ended }),
  inspectable: record({ id, address: fc.constant("ws://127.0.0.1:4711/5e3c0b1e-1f6b-4a0a-8d3e-0d1a7a2f9b11") }),
  slice: record({ id, slice: fc.array(step) }),
  assembled: record({ id }),
  begun: record({ ids: fc.array(id) }),
  checked: record({ id, found: fc.array(found) }),
  worn: record({ reason: text }),
  fatal: record({ error }, { id }),
};
const message = fc.oneof(...Object.entries(kinds).map(([type, fields]) => fields.map((given) => ({ ...given, type }))));

/** What else could stand where something belongs. */
const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true });

/** A message with something else in one place of it. */
const spoilt = fc.tuple(message, fc.nat(), anything).map(([given, at, other]) => {
  const names = Object.keys(given);
  return { ...given, [names[at % names.length] ?? "type"]: other };
});

describe("what a handler process sends", () => {
  test("is read where it is a message", () => {
    fc.assert(
      fc.property(message, (given) => {
        expect(readMessage(structuredClone(given))).toEqual(given);
      }),
    );
  });

  test("is nothing, or JSON that can be kept, whatever it is", () => {
    const cyclic: Record<string, unknown> = { type: "emit", id: 1 };
    cyclic["value"] = { cyclic };
    expect(readMessage(cyclic)).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(anything, spoilt), (given) => {
        const read = readMessage(given);
        if (read !== undefined) expect(JSON.parse(JSON.stringify(read))).toBeTypeOf("object");
      }),
      { numRuns: 500 },
    );
  });
});

/** Stands in for the program of a handler process: it answers a call with whatever the call's input says. `"@"` is the number of the call. */
const PROGRAM = `
const cyclic = { type: "emit", id: 1 };
cyclic.value = cyclic;
const specials = {
  cyclic: [cyclic],
  map: [{ type: "emit", id: 1, value: new Map([[1, 2]]) }],
  none: [{ type: "done", id: 1, outcome: undefined }],
  string: "done",
};
const named = (sent, id) => JSON.parse(JSON.stringify(sent), (_key, value) => (value === "@" ? id : value));
process.on("message", (batch) => {
  for (const { type, id, input } of batch) {
    if (type !== "call") continue;
    process.send(input.special === undefined ? named(input.send, id) : specials[input.special]);
    // What was sent may be a good answer to no call: the process ends, as one that has gone wrong does.
    if (input.exits) setTimeout(() => process.exit(7), 20);
  }
});
process.send([{ type: "ready" }]);
`;

describe("a process that sends anything", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "patchbay-messages-")));
  const entry = join(folder, "program.mjs");
  const module = join(folder, "none.js");
  writeFileSync(entry, PROGRAM);
  writeFileSync(module, "");
  const host = createHandlerHost({ entry, workspace: folder, processes: 1 });
  afterAll(async () => {
    await host.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const never = new AbortController().signal;
  const call = (input: JsonValue) => host.call(handlerCall(module, "default", {}, { input }), recorder().events, never);
  const good = { send: [{ type: "done", id: "@", outcome: { ok: true, result: { update: { fine: true } } } }] };

  test("fails the call with a reason, and the next call is answered by another process", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, fc.array(spoilt.map(asJson), { minLength: 1 })), async (send) => {
        const outcome = await call({ send, exits: true });
        if (!outcome.ok) expect(outcome.error.message).not.toBe("");
        expect(await call(good)).toEqual({ ok: true, result: { update: { fine: true } } });
      }),
      { numRuns: 12 },
    );
  });

  test.each(["cyclic", "map", "none", "string"])("also where it is no JSON: %s", async (special) => {
    expect(await call({ special, exits: true })).toMatchObject({ ok: false, error: { code: "HANDLER_PROCESS" } });
    expect(await call(good)).toMatchObject({ ok: true });
  });
});

/** As it would come through JSON. */
function asJson(value: unknown): JsonValue {
  return (JSON.parse(JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? String(each) : each)) ?? "null") ??
    null) as JsonValue;
}

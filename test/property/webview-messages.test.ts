import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { Bridge } from "../../extension/bridge/bridge.js";
import { commands, requests } from "../../webview/protocol/messages.js";
import { ManualClock } from "../support/manual-clock.js";
import { FakeHost } from "../unit/extension/fake-host.js";
import { FakePanel } from "../unit/extension/fake-panel.js";

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true });
const name = fc.constantFrom(...Object.keys(commands), ...Object.keys(requests), "__proto__", "constructor", "graph/explode");
const word = fc.constantFrom("a", "b", "", "before");
const words = fc.array(word, { maxLength: 2 });
/** What often fits, and often does not quite. */
const params = fc.oneof(
  fc.record(
    {
      node: word,
      edge: word,
      at: word,
      key: word,
      action: word,
      channel: word,
      message: word,
      nodes: words,
      edges: words,
      revision: fc.integer(),
    },
    { requiredKeys: [] },
  ),
  fc.record({
    revision: fc.integer(),
    intents: fc.array(fc.oneof(fc.record({ type: fc.constant("title/set"), title: fc.string() }), anything)),
  }),
  anything,
);
const id = fc.oneof(fc.integer(), fc.double(), anything);
const message = fc.oneof(
  fc.record({ kind: fc.constantFrom("command", "request", "response", 7), id, name, params }, { requiredKeys: ["kind"] }),
  anything,
);

/** Lets promises settle. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The number of a request that must be answered. */
function asks(sent: unknown): number | undefined {
  const request = v.safeParse(v.object({ kind: v.literal("request"), id: v.number() }), sent);
  return request.success ? request.output.id : undefined;
}

const byNumber = (a: number, b: number): number => a - b;

test("whatever a webview sends, nothing breaks: a command is done where it fits the table, and each request is answered once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 8 }), async (all) => {
      const [panel, host] = [new FakePanel(), new FakeHost()];
      const bridge = new Bridge(panel, host, new ManualClock());
      for (const sent of all) panel.send(sent);
      await settled();
      bridge.dispose();
      const answers = panel.posted.flatMap((posted) => (posted.kind === "response" ? [posted.id] : []));
      expect(answers.toSorted(byNumber)).toEqual(all.flatMap((sent) => asks(sent) ?? []).toSorted(byNumber));
      for (const command of host.commands) expect(v.is<v.GenericSchema>(commands[command.name], command.params)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

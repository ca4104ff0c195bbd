import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, logs, services, start } from "./harness.js";

const refund: ShortGraph = {
  channels: { ...logChannel, amount: { schema: { type: "number" }, default: 120 }, said: { schema: { type: "object" } } },
  nodes: {
    side: {},
    approve: { kind: "barrier", prompt: "Refund {{amount}}?", output: "said", schema: { type: "object", required: ["why"] } },
    pay: {},
    refuse: {},
    voucher: {},
  },
  edges: {
    e1: "@start -> side",
    e2: "@start -> approve",
    e3: "approve -> pay on approve",
    e4: "approve -> refuse on reject",
    e5: "side -> @end",
  },
};
const nodes = ["side", "pay", "refuse", "voucher"];
const yes = { action: "approve", actor: "test" };

describe("barriers", () => {
  test("wait while siblings finish, then go on by the decision", async () => {
    const { session } = start(refund, logs(...nodes));
    await session.continue();
    expect(session.status).toBe("waiting");
    expect(session.frontier.questions).toMatchObject([
      { key: "approve", node: "approve", prompt: "Refund 120?", actions: ["approve", "reject"] },
    ]);
    expect(session.frontier.results.map((result) => result.node)).toEqual(["side"]);
    session.decide("approve", { ...yes, value: { why: "broken" } });
    await session.continue();
    expect([session.status, session.channels["log"], session.channels["said"]]).toEqual(["completed", ["side", "pay"], { why: "broken" }]);
  });

  test("refuse what is no answer", async () => {
    const { session } = start(refund, logs(...nodes));
    for (const key of ["side", "nobody", "approve/more"])
      expect(() => session.decide(key, yes)).toThrow(expect.objectContaining({ code: "NO_QUESTION" }) as Error);
    await session.continue();
    expect(() => session.decide("approve", { ...yes, action: "maybe" })).toThrow(
      expect.objectContaining({ code: "DECISION_INVALID" }) as Error,
    );
    expect(() => session.decide("approve", { ...yes, value: {} })).toThrow(expect.objectContaining({ code: "DECISION_INVALID" }) as Error);
    expect(session.status).toBe("waiting");
  });

  test("an early decision is used when the question comes", async () => {
    const decisions = { approve: { action: "reject", actor: "test", at: 0 } };
    const { session } = start(refund, logs(...nodes), { decisions });
    await session.continue();
    expect([session.status, session.channels["log"], session.frontier.decisions]).toEqual(["completed", ["side", "refuse"], {}]);
  });

  test("a question survives a restart, and its siblings do not run again", async () => {
    const store = new MemoryStore();
    const first = start(refund, logs(...nodes), { store, run: "r" });
    await first.session.continue();
    const again = RunSession.resume("r", compile(refund), services(logs(...nodes), { store }));
    expect(again.status).toBe("waiting");
    again.decide("approve", yes);
    await again.continue();
    expect(again.channels["log"]).toEqual(["side", "pay"]);
    expect(again.trace.filter((event) => event.type === "task-started").map((event) => event.node)).toEqual([
      "side",
      "approve",
      "approve",
      "pay",
    ]);
  });

  test("an edge retargeted while the question waits is the one that is taken", async () => {
    const { session } = start(refund, logs(...nodes));
    await session.continue();
    const edited = compile({ ...refund, edges: { ...refund.edges, e3: "approve -> voucher on approve" } });
    session.offerPlan(edited, { class: "soft", reasons: [], recomputed: 3, micros: 1, revision: edited.plan.revision });
    expect(session.status).toBe("waiting");
    session.decide("approve", yes);
    await session.continue();
    expect(session.channels["log"]).toEqual(["side", "voucher"]);
  });
});

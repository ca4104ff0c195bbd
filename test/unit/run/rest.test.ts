import { expect, it } from "vitest";
import { MemoryStore, RunSession, systemClock } from "../../../runtime/index.js";
import { compile, services } from "./harness.js";

it("leaves the rest of the process its turns, also where no task waits for anything", async () => {
  const endless = compile({
    channels: { n: { schema: { type: "number" }, default: 0 } },
    nodes: { count: { kind: "expression", set: { n: "n + 1" } } },
    edges: { in: "@start -> count", again: "count -> count" },
    limits: { supersteps: 1_000_000_000 },
  });
  const session = RunSession.start(endless, { graph: "endless" }, { ...services({}, { store: new MemoryStore() }), clock: systemClock });
  const running = session.continue();
  await new Promise((resolve) => setTimeout(resolve, 1));
  await session.stop();
  await running;
  expect(session.status).toBe("cancelled");
  expect(session.frontier.superstep).toBeGreaterThan(0);
});

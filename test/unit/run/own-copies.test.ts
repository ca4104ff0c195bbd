import { expect, test } from "vitest";
import { start } from "./harness.js";

const graph = {
  channels: { items: { schema: { type: "array" } }, seen: { schema: {} } },
  nodes: { ask: { kind: "barrier", prompt: "?", output: "seen" }, read: { kind: "expression", set: { seen: "items" } } },
  edges: { s: "@start -> ask", r: "ask -> read" },
};

test("what a run was given stays as it was, whatever becomes of the caller's own", async () => {
  const input = { items: ["given"] };
  const value = { list: ["decided"] };
  const { session, services } = start(graph, {}, { input, run: "r" });
  input.items.push("later");
  await session.continue();
  session.decide("ask", { action: "approve", value, actor: "me" });
  value.list.push("later");
  await session.step();
  expect(session.channels).toEqual({ items: ["given"], seen: { list: ["decided"] } });
  const more = { items: ["more"] };
  session.input(more);
  more.items.push("later");
  expect(session.channels["items"]).toEqual(["more"]);
  const written = { seen: ["written"] };
  session.editAs("read", { writes: written });
  written.seen.push("later");
  expect(session.channels["seen"]).toEqual(["written"]);
  expect(JSON.stringify(services.store.trace("r"))).not.toContain("later");
});

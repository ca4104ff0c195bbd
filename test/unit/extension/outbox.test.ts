import { expect, test } from "vitest";
import { Outbox } from "../../../extension/bridge/outbox.js";

test("what is posted in one turn travels together, in order, and what comes later on its own", async () => {
  const posted: (readonly string[])[] = [];
  const outbox = new Outbox<string>((messages) => posted.push(messages));
  outbox.post("answer");
  outbox.post("change");
  expect(posted).toEqual([]);
  await Promise.resolve();
  expect(posted).toEqual([["answer", "change"]]);
  outbox.post("run");
  await Promise.resolve();
  expect(posted).toEqual([["answer", "change"], ["run"]]);
});

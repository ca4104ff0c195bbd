import { expect, test } from "vitest";
import { MOST_UNDONE, OwnHistory } from "../../../extension/diff/own-history.js";

test("edits are taken back one by one, and made again", () => {
  const history = new OwnHistory();
  history.made("a", "b");
  history.made("b", "c");
  expect(history.undo("c")).toBe("b");
  expect(history.undo("b")).toBe("a");
  expect(history.undo("a")).toBeUndefined();
  expect(history.redo("a")).toBe("b");
  expect(history.redo("b")).toBe("c");
  expect(history.redo("c")).toBeUndefined();
});

test("what was edited elsewhere since is never lost", () => {
  const history = new OwnHistory();
  history.made("a", "b");
  expect(history.undo("b, and more")).toBeUndefined();
  history.made("b, and more", "c");
  expect(history.undo("c")).toBe("b, and more");
  expect(history.undo("b, and more")).toBeUndefined();
});

test("another edit ends what could be made again", () => {
  const history = new OwnHistory();
  history.made("a", "b");
  history.undo("b");
  history.made("a", "c");
  expect(history.redo("c")).toBeUndefined();
  history.made("c", "c");
  expect(history.undo("c")).toBe("a");
});

test("of very many edits the newest can be taken back", () => {
  const history = new OwnHistory();
  for (let at = 0; at <= MOST_UNDONE; at += 1) history.made(`${at}`, `${at + 1}`);
  let now = `${MOST_UNDONE + 1}`;
  for (let text = history.undo(now); text !== undefined; text = history.undo(now)) now = text;
  expect(now).toBe("1");
});

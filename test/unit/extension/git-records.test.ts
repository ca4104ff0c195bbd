import { describe, expect, it } from "vitest";
import { readCommits, readObjects, readRefs, readStashes } from "../../../extension/compare/git-records.js";

const record = (...fields: readonly string[]): string => `\u001e${fields.join("\u001f")}`;

describe("commits", () => {
  it("have the name that the file had", () => {
    const text = [
      record("c3", "Ann", "300", "Move it", "\0\nnew.json\0"),
      record("c2", "Ben", "200", "Merge", ""),
      record("c1", "Ann", "100", "Draw it", "\0\nold name.json\0"),
    ].join("");
    expect(readCommits(text, "newest.json")).toEqual([
      { hash: "c3", author: "Ann", at: 300_000, subject: "Move it", path: "new.json" },
      { hash: "c2", author: "Ben", at: 200_000, subject: "Merge", path: "new.json" },
      { hash: "c1", author: "Ann", at: 100_000, subject: "Draw it", path: "old name.json" },
    ]);
  });

  it("are none where git prints nothing", () => {
    expect(readCommits("", "a.json")).toEqual([]);
  });
});

it("stashes are named by their place", () => {
  const text = `${record("aa", "300", "WIP on main: 1 one")}\n${record("bb", "200", "On main: two")}\n`;
  expect(readStashes(text)).toEqual([
    { hash: "aa", name: "stash@{0}", at: 300_000, subject: "WIP on main: 1 one" },
    { hash: "bb", name: "stash@{1}", at: 200_000, subject: "On main: two" },
  ]);
});

it("branches and tags leave out the branch that is checked out, and what a remote calls its head", () => {
  const text = [
    record("refs/heads/main", "main", "3", "*", "now"),
    record("refs/heads/feat/x", "feat/x", "2", " ", "then"),
    record("refs/remotes/origin/HEAD", "origin", "2", " ", "then"),
    record("refs/remotes/origin/main", "origin/main", "2", " ", "then"),
    record("refs/tags/v1", "v1", "1", " ", "released"),
  ].join("\n");
  expect(readRefs(text).map(({ ref, name, kind, subject }) => [ref, name, kind, subject])).toEqual([
    ["refs/heads/feat/x", "feat/x", "branch", "then"],
    ["refs/remotes/origin/main", "origin/main", "remote", "then"],
    ["refs/tags/v1", "v1", "tag", "released"],
  ]);
});

it("objects are told from what is not there, line by line", () => {
  const name = "0f7bc766052a5a0ee28a393d51d2370f96d8ceb8";
  expect(readObjects(`${name}\nv1:other.json missing\n${name}\n`)).toEqual([name, undefined, name]);
  expect(readObjects("")).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { inOrder, namesIn, type Revision } from "../../../extension/diff/diff-order.js";

const SHA = "1a2b3c4d5e6f708192a3b4c5d6e7f80910111213";
const PARENT = "ffee3c4d5e6f708192a3b4c5d6e7f80910111213";
const path = "/work/g.patchbay.json";
const git = (ref: string): Revision => ({ scheme: "git", path, query: JSON.stringify({ path, ref }), past: true });
const file = (name = "g"): Revision => ({ scheme: "file", path: `/work/${name}.patchbay.json`, query: "", past: false });
const kept: Revision = { scheme: "patchbay-revision", path, query: "", past: true };

const cases: readonly [name: string, before: Revision, after: Revision, title: string][] = [
  ["the index and the working tree", git("~"), file(), "g.patchbay.json (Working Tree)"],
  ["HEAD and the index", git("HEAD"), git(""), "g.patchbay.json (Index)"],
  ["a commit's parent and the commit", git(`${SHA}^`), git(SHA), "g.patchbay.json"],
  ["a stash's parent and the stash", git("stash@{0}^"), git("stash@{0}"), ""],
  ["two commits, as the title has them", git(PARENT), git(SHA), "g.patchbay.json (ffee3c4) ↔ g.patchbay.json (1a2b3c4)"],
  ["two files, as the title has them", file("one"), file("two"), "one.patchbay.json ↔ two.patchbay.json"],
  ["two files of one name, as the title has their folders", file("a/x"), file("b/x"), "a/x.patchbay.json ↔ b/x.patchbay.json"],
  ["a checkpoint's graph and the file", kept, file(), "anything"],
];

describe("of two revisions the older one is told", () => {
  it.each(cases)("%s", (_name, before, after, title) => {
    expect(inOrder(before, after, title)).toEqual([before, after]);
    expect(inOrder(after, before, title)).toEqual([before, after]);
  });

  it("by the order in which they came where nothing tells", () => {
    expect(inOrder(git(PARENT), git(SHA), "")).toEqual([git(PARENT), git(SHA)]);
    expect(inOrder({ ...git("x"), query: "{" }, kept, "")).toEqual([{ ...git("x"), query: "{" }, kept]);
  });
});

describe("revisions are called as the title of their tab calls them", () => {
  it("where we made it", () => {
    expect(namesIn("g.patchbay.json (stash@{0} ↔ Working Tree)")).toEqual({ before: "stash@{0}", after: "Working Tree" });
    expect(namesIn("g (2 ↔ 3).patchbay.json (3f2c1a9 ↔ Now)")).toEqual({ before: "3f2c1a9", after: "Now" });
  });

  it("where others made it, by their addresses", () => {
    expect(namesIn("g.patchbay.json (ffee3c4) ↔ g.patchbay.json (1a2b3c4)")).toBeUndefined();
    expect(namesIn("one.patchbay.json ↔ two.patchbay.json")).toBeUndefined();
    expect(namesIn("")).toBeUndefined();
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import { storeSaver } from "./langgraph-saver.js";
import { loadFromPeers, type SaverPeer } from "./langgraph.js";
import type { SaverStory } from "./saver-story.js";

const peer = await loadFromPeers<SaverPeer>("savers.mjs");
const { tell } = await loadFromPeers<{ readonly tell: SaverStory }>("saver-story.mjs");
const StoreSaver = storeSaver(peer);

/** What LangGraph.js tells with its own saver. */
const own = new peer.MemorySaver();
const there = await tell(() => own);

describe("a graph of LangGraph.js", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "patchbay-saver-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("goes through a story that has what savers are for", () => {
    const outcomes = there.map(({ move, outcome }) => [move, typeof outcome === "string" ? outcome : outcome.asked]);
    expect(outcomes).toEqual([
      ["fails beside siblings", "not now"],
      ["goes on, and asks inside", ["sure?"]],
      ["is answered", []],
      ["is edited in the past", "done"],
      ["goes on from there", []],
      ["is given more", ["sure?"]],
      ["is deleted", []],
    ]);
    expect(there.map(({ history }) => history.length)).toEqual([3, 4, 6, 7, 8, 9, 0]);
  });

  it("has the same history on our memory store as on its own saver", async () => {
    const saver = new StoreSaver(new MemoryStore());
    expect(await tell(() => saver)).toEqual(there);
  });

  it("has it on our SQLite store, opened anew for each move", async () => {
    let store: CheckpointStore | undefined;
    const told = await tell(() => {
      expect(store?.verify() ?? []).toEqual([]);
      store?.close();
      store = openSqliteStore(directory);
      return new StoreSaver(store);
    });
    expect(told).toEqual(there);
    store?.close();
  });
});

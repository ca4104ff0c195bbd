import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import { storeSaver } from "./langgraph-saver.js";
import { loadFromPeers, type Saver, type SaverPeer } from "./langgraph.js";

// LangGraph.js's own validation of savers, all of it, on both stores.

const peer = await loadFromPeers<SaverPeer>("savers.mjs");
const StoreSaver = storeSaver(peer);

const directory = mkdtempSync(join(tmpdir(), "patchbay-savers-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let opened = 0;

const stores: Readonly<Record<string, () => CheckpointStore>> = {
  "Patchbay's memory store": () => new MemoryStore(),
  "Patchbay's SQLite store": () => openSqliteStore(join(directory, String((opened += 1)))),
};

for (const [checkpointerName, open] of Object.entries(stores)) {
  const inUse = new Map<Saver, CheckpointStore>();
  const tests = {
    checkpointerName,
    createCheckpointer() {
      const store = open();
      const saver = new StoreSaver(store);
      inUse.set(saver, store);
      return saver;
    },
    destroyCheckpointer: (saver: Saver) => inUse.get(saver)?.close(),
  };
  peer.validate(tests);
  peer.deltaChannelHistoryTests(tests);
}

import type { CheckpointStore } from "../checkpoint/store.js";

/** What of a store is read to find out who wrote what. */
export type BlameStore = Pick<CheckpointStore, "run" | "channelHistory" | "eventsOf" | "load" | "trace" | "document">;

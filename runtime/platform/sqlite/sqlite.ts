/** What Node.js has of SQLite. */
export type Sqlite = typeof import("node:sqlite");

/** How long a call waits for another process that is writing, in milliseconds. */
export const BUSY_TIMEOUT = 5000;

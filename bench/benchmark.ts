import type { PeerFound } from "./peer.js";
import type { Row } from "./table.js";

/** One program of the suite. Fails (rejects) rather than give a figure of something else. */
export interface Benchmark {
  readonly name: string;
  /** Measured only when it is named: it needs more than Node.js. */
  readonly apart?: true;
  readonly run: (found: PeerFound) => Promise<readonly Row[]>;
}

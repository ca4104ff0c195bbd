import type { ParsedDocument } from "../document/parsed-document.js";
import { diffGraphs } from "./diff.js";

/** The edits of one graph that wait for a hard compile. */
export class WaitingEdits {
  #since = 0;
  #count = 0;
  #newest: ParsedDocument | undefined;

  get count(): number {
    return this.#count;
  }

  /** Milliseconds that the first has waited, at this time of the monotonic clock; 0 where none does. */
  ageAt(now: number): number {
    return this.#count === 0 ? 0 : now - this.#since;
  }

  /** Takes the document as edited at this time. False: it means the same as the one before, which waits already. */
  note(document: ParsedDocument, now: number): boolean {
    const before = this.#newest;
    this.#newest = document;
    if (before !== undefined && diffGraphs(before.graph, document.graph).every((change) => change.class === "none")) return false;
    if (this.#count === 0) this.#since = now;
    this.#count += 1;
    return true;
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#count = 0;
    this.#newest = undefined;
  }
}

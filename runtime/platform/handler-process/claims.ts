// Which calls have begun, in memory that the watching thread shares: it can take back a call that has not, even while user code
// lets no event through. A call is either begun here or handed back, never both.

/** More calls than can wait to begin in one process. */
const PLACES = 4096;

/** Who has a call: this process, or the host again. */
export class Claims {
  readonly shared = new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT);
  readonly #places = new Int32Array(this.shared);

  /** Begins a call; false when it was handed back. */
  begin(id: number): boolean {
    const place = id % PLACES;
    const before = Atomics.load(this.#places, place);
    return before !== -id && Atomics.compareExchange(this.#places, place, before, id) === before;
  }
}

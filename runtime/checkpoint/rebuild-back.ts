import { PatchbayError } from "../errors.js";
import type { Checkpoint } from "./checkpoint.js";
import { corrupted } from "./encoding.js";
import { baseOf, foldedOnto, type Held } from "./rebuild.js";

/** So many states are held of a chain. */
const HELD = 256;

/**
 * Rebuilds one checkpoint after the other, each an ancestor of the one before: of a chain of deltas the states next to the one asked for are
 * held, so that the chain is folded once for so many of them.
 */
export class BackRebuilder {
  readonly #load: (id: string) => Checkpoint;
  #known = new Map<string, Held>();

  constructor(load: (id: string) => Checkpoint) {
    this.#load = load;
  }

  /** The values at a checkpoint. Throws `NOT_FOUND`, `CORRUPTED`. */
  held(id: string): Held {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const chain = this.#chainTo(id);
    try {
      return this.#fold(chain, id);
    } catch (cause) {
      throw corrupted(id, "has values that its reducers cannot have made", cause);
    }
  }

  /** From the base on. */
  #chainTo(id: string): readonly Checkpoint[] {
    const chain: Checkpoint[] = [];
    for (let at: string | null = id; ;) {
      if (at === null) throw new PatchbayError("CORRUPTED", `Checkpoint ${id} has no base to rebuild from.`, { checkpoint: id });
      const found: Checkpoint = this.#load(at);
      chain.push(found);
      if (found.channels.base !== undefined) return chain.toReversed();
      at = found.parent;
    }
  }

  #fold(chain: readonly Checkpoint[], id: string): Held {
    let held = baseOf(chain[0]?.channels.base);
    this.#known = new Map();
    for (const [place, checkpoint] of chain.entries()) {
      if (place > 0) held = foldedOnto(held, checkpoint);
      if (place >= chain.length - HELD) this.#known.set(checkpoint.id, held);
    }
    return this.#known.get(id) ?? held;
  }
}

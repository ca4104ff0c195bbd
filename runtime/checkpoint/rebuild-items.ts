import type { Checkpoint, StoredItems } from "./checkpoint.js";

/**
 * The finished items of a checkpoint's open superstep, oldest first: what each checkpoint of that superstep adds, from the nearest
 * base on. Costs the length of that chain.
 */
export function rebuildItems(checkpoint: Checkpoint, load: (id: string) => Checkpoint): readonly StoredItems[] {
  const { superstep } = checkpoint.frontier;
  const chain: (readonly StoredItems[])[] = [];
  let at = checkpoint;
  while (at.frontier.open && at.frontier.superstep === superstep) {
    if (at.items !== undefined) chain.push(at.items);
    if (at.channels.base !== undefined || at.parent === null) break;
    at = load(at.parent);
  }
  return chain.toReversed().flat();
}

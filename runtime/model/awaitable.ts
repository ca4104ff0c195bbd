/** A value that is there, or comes. What is there at once costs no turn of the event loop. */
export type Awaitable<Value> = Value | Promise<Value>;

/**
 * What work comes to for each item, begun in their order; at once where nothing has to be waited for. What one throws is thrown once all
 * that were begun have ended: nothing is left at work, and nothing fails unheard.
 */
export function allOf<Item, Value>(items: readonly Item[], work: (item: Item) => Awaitable<Value>): Awaitable<readonly Value[]> {
  const begun: Awaitable<Value>[] = [];
  try {
    for (const item of items) begun.push(work(item));
  } catch (thrown) {
    if (begun.every(isThere)) throw thrown;
    begun.push(Promise.reject(thrown));
  }
  return begun.every(isThere) ? begun : settled(begun);
}

async function settled<Value>(begun: readonly Awaitable<Value>[]): Promise<readonly Value[]> {
  const ends = await Promise.allSettled(begun);
  return ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

function isThere<Value>(value: Awaitable<Value>): value is Value {
  return !(value instanceof Promise);
}

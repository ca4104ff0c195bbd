/** A value that is there, or comes. What is there at once costs no turn of the event loop. */
export type Awaitable<Value> = Value | Promise<Value>;

/** All of them, at once where all are there. */
export function allOf<Value>(values: readonly Awaitable<Value>[]): Awaitable<readonly Value[]> {
  return values.every(isThere) ? values : Promise.all(values.map(async (value) => value));
}

function isThere<Value>(value: Awaitable<Value>): value is Value {
  return !(value instanceof Promise);
}

/**
 * `next`, with every part that equals its counterpart in `previous` replaced by that counterpart, so that what did not
 * change keeps its identity. Entries of arrays with an `id` are matched by it, so that an insertion shifts nothing.
 */
export function share<T>(previous: T | undefined, next: T): T {
  return shareValue(previous, next) as T;
}

function shareValue(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) return shareArray(previous, next);
  if (isRecord(previous) && isRecord(next)) return shareRecord(previous, next);
  return next;
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byId = new Map(previous.map((entry, index) => [idOf(entry) ?? index, entry]));
  const shared = next.map((entry, index) => shareValue(byId.get(idOf(entry) ?? index), entry));
  const same = shared.length === previous.length && shared.every((entry, index) => Object.is(entry, previous[index]));
  return same ? previous : shared;
}

function shareRecord(previous: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  const shared: Record<string, unknown> = {};
  let same = keys.length === Object.keys(previous).length;
  for (const key of keys) {
    shared[key] = shareValue(previous[key], next[key]);
    same &&= key in previous && Object.is(shared[key], previous[key]);
  }
  return same ? previous : shared;
}

function idOf(entry: unknown): string | undefined {
  return isRecord(entry) && typeof entry["id"] === "string" ? entry["id"] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { Table } from "../model/table.js";

/** Keys of a table whose values have some property. */
export type Marks = Table<true>;

/** What was marked before, and of which table. */
interface Marked<Value> {
  readonly values: Table<Value>;
  readonly marks: Marks;
}

/** The keys whose values have a property. Costs what changed since they were marked before, if they were. */
export function marksOf<Value>(
  values: Table<Value>,
  before: Marked<Value> | undefined,
  has: (value: Value, key: string) => boolean,
): Marks {
  if (before === undefined) return marksAnew(values, has);
  let { marks } = before;
  for (const { key, after } of before.values.diff(values)) {
    marks = after !== undefined && has(after, key) ? marks.set(key, true) : marks.delete(key);
  }
  return marks;
}

function marksAnew<Value>(values: Table<Value>, has: (value: Value, key: string) => boolean): Marks {
  const marked: (readonly [string, true])[] = [];
  values.forEach((value, key) => {
    if (has(value, key)) marked.push([key, true]);
  });
  return Table.from(marked);
}

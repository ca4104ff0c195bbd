/** A line and a column of a graph's text, both from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

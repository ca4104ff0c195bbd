/** A place in a file, counted from 1. */
export interface StackPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The first place in a file that a stack names; undefined where it names none. */
export function stackPlace(stack: string): StackPlace | undefined {
  const found = /(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^\n()]*?):(\d+):(\d+)\)?$/m.exec(stack);
  const [, path, line, column] = found ?? [];
  return path === undefined ? undefined : { path, line: Number(line), column: Number(column) };
}

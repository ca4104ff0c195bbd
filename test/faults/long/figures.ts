import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What a process holds at a moment. */
export interface Holding {
  /** Bytes in use after a collection. */
  readonly heap: number;
  /** Timers, files, sockets and the like. */
  readonly handles: number;
  /** Listeners of the process itself. */
  readonly listeners: number;
}

/** Looks at what this process holds. */
export function holding(): Holding {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return {
    heap: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  };
}

/** The newest events of a run are kept in memory, 5,000 to 10,000 of them: so much the heap goes up and down. */
const SWING = 4 * 2 ** 20;

/** What grew from one moment to a later one, in words. */
export function growth(what: string, looks: readonly Holding[]): readonly string[] {
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined) return [`${what}: nobody has looked`];
  const grown = last.heap - first.heap;
  return [
    ...(grown > SWING ? [`${what}: the heap grew by ${String(grown)} bytes`] : []),
    ...(last.handles > first.handles ? [`${what}: ${String(last.handles - first.handles)} handles more`] : []),
    ...(last.listeners > first.listeners ? [`${what}: ${String(last.listeners - first.listeners)} listeners more`] : []),
  ];
}

/** The JSON texts that are parsed while something is done. */
export function parsedBy(work: () => void): number {
  const { parse } = JSON;
  let count = 0;
  JSON.parse = (...given: Parameters<typeof parse>): unknown => {
    count += 1;
    return parse(...given) as unknown;
  };
  try {
    work();
  } finally {
    JSON.parse = parse;
  }
  return count;
}

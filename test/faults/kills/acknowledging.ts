import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import type { Fault, Line } from "./protocol.js";

/** The store as the run is given it: tells what each call made safe, once it has returned; or breaks that on purpose. */
export function acknowledging(store: CheckpointStore, tell: (line: Line) => void, fault: Fault | undefined): CheckpointStore {
  let held: string[] = [];
  let deferred: Line[] | undefined;
  const say = (line: Line): void => void (deferred === undefined ? tell(line) : deferred.push(line));
  const release = (): void => {
    if (held.length > 0) say({ saved: held });
    held = [];
  };
  /** What is done as one is safe when all of it is. */
  const together = <Result>(work: () => Result): Result => {
    if (deferred !== undefined) return work();
    const lines: Line[] = [];
    deferred = lines;
    try {
      const result = work();
      release();
      for (const line of lines) tell(line);
      return result;
    } finally {
      deferred = undefined;
    }
  };
  const overrides: Partial<CheckpointStore> = {
    save(checkpoint, trace, spillAbove, later = false) {
      const lost = fault === "lost-writes" && checkpoint.channels.base === undefined && checkpoint.frontier.superstep > 1;
      const kept = lost ? { ...checkpoint, channels: { delta: [] } } : checkpoint;
      const bytes = store.save(kept, trace, spillAbove, later || fault === "unsafe-saves");
      held.push(checkpoint.id);
      if (!later) release();
      return bytes;
    },
    flush() {
      if (fault !== "unsafe-saves") store.flush();
      release();
    },
    saveResult(run, parent, result, spillAbove) {
      if (fault !== "lost-results") store.saveResult(run, parent, result, spillAbove);
      release();
      const items = "kept" in result ? { items: result.kept.items.map(({ index }) => index) } : {};
      say({ kept: { run, task: "kept" in result ? result.kept.task : result.task, ...items } });
    },
    createRun: (run, begin) => together(() => store.createRun(run, begin)),
    atomically: (work) => together(() => store.atomically(work)),
  };
  return new Proxy(store, {
    get(target, name) {
      const own: unknown = Reflect.get(overrides, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...given: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, given);
        if (fault !== "unsafe-saves") release(); // every call writes what is held
        return result;
      };
    },
  });
}

import type { HandlerCall, HandlerInspection } from "../../ports.js";

/** Who wants to look into calls to come: each into one. */
export class Inspections {
  readonly #wanted = new Map<string, HandlerInspection>();

  /** Waits for the next call of a node in a run; the returned function waits no more. */
  add(run: string, node: string, inspection: HandlerInspection): () => void {
    const key = keyOf({ run, node });
    this.#wanted.set(key, inspection);
    return () => {
      if (this.#wanted.get(key) === inspection) this.#wanted.delete(key);
    };
  }

  /** Who wants to look into a call that comes now; nobody into a reducer. */
  take(call: HandlerCall): HandlerInspection | undefined {
    if (this.#wanted.size === 0 || call.fold !== undefined) return undefined;
    const key = keyOf(call);
    const inspection = this.#wanted.get(key);
    this.#wanted.delete(key);
    return inspection;
  }
}

function keyOf({ run, node }: Pick<HandlerCall, "run" | "node">): string {
  return `${run} ${node}`;
}

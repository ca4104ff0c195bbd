import * as v from "valibot";
import type { Advice } from "../../runtime/compile/adviser.js";
import { Emitter } from "../emitter.js";
import type { Memory } from "../run/memory.js";

const KEY = "patchbay.dismissedAdvice";
const GRAPHS = 20;

const stored = v.array(v.object({ graph: v.string(), advice: v.array(v.string()) }));

/** The advice that somebody did not want, by graph. What no longer applies is forgotten: should it apply again, it is given again. */
export class DismissedAdvice {
  readonly #memory: Memory;
  readonly #dismissed = new Map<string, ReadonlySet<string>>();
  readonly #changed = new Emitter();

  /** Some advice was dismissed. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memory) {
    this.#memory = memory;
    const read = v.safeParse(stored, memory.get(KEY));
    for (const { graph, advice } of read.success ? read.output : []) this.#dismissed.set(graph, new Set(advice));
  }

  /** What is left of the advice on a graph. */
  remaining(graph: string, advice: readonly Advice[]): readonly Advice[] {
    const dismissed = this.#dismissed.get(graph);
    if (dismissed === undefined) return advice;
    const applies = new Set(advice.map(nameOf));
    const still = [...dismissed].filter((name) => applies.has(name));
    if (still.length < dismissed.size) this.#set(graph, still);
    return advice.filter((each) => !dismissed.has(nameOf(each)));
  }

  /** Gives this advice no more while it applies. */
  dismiss(graph: string, advice: Advice): void {
    this.#set(graph, [...(this.#dismissed.get(graph) ?? []), nameOf(advice)]);
    this.#changed.fire();
  }

  #set(graph: string, names: readonly string[]): void {
    this.#dismissed.delete(graph);
    if (names.length > 0) this.#dismissed.set(graph, new Set(names));
    const value = [...this.#dismissed].slice(-GRAPHS).map(([key, advice]) => ({ graph: key, advice: [...advice] }));
    void this.#memory.update(KEY, value);
  }
}

/** One and the same advice has one and the same name, whatever its numbers. */
function nameOf({ code, change }: Advice): string {
  return change === undefined ? code : `${code} ${change.setting} ${change.to}`;
}

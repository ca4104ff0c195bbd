import type { JsonValue } from "../model/json.js";
import { docOf } from "./text.js";

/** The declarations of a file that schemas refer to, each under a name of its own. */
export class Declarations {
  readonly #taken: Set<string>;
  readonly #texts: string[] = [];

  /** `reserved` are names that the file uses for something else. */
  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  /** The first of `name`, `name2` … that is free; it is taken from then on. */
  freeName(name: string): string {
    for (let n = 1; ; n += 1) {
      const candidate = n === 1 ? name : `${name}${n}`;
      if (this.#taken.has(candidate)) continue;
      this.#taken.add(candidate);
      return candidate;
    }
  }

  add(name: string, type: string, description: JsonValue | undefined): void {
    this.#texts.push(`${docOf(typeof description === "string" ? description : undefined)}export type ${name} = ${type};\n`);
  }

  get texts(): readonly string[] {
    return this.#texts;
  }
}

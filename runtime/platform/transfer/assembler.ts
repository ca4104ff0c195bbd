import type { JsonValue } from "../../model/json.js";
import type { Slice, SliceStep } from "./slices.js";

/** What is open: it takes items, members or text until it is closed. */
type Open =
  | { readonly type: "array"; readonly value: JsonValue[] }
  | { readonly type: "object"; readonly value: Record<string, JsonValue>; key: string }
  | { readonly type: "text"; readonly value: string[] };

/** Puts a value together from its slices, in their order. */
export class Assembler {
  readonly #open: Open[] = [];
  #value: JsonValue | undefined;

  take(slice: Slice): void {
    for (const step of slice) this.#step(step);
  }

  /** The value; undefined until its last slice was taken. */
  get value(): JsonValue | undefined {
    return this.#value;
  }

  #step(step: SliceStep): void {
    const into = this.#open.at(-1);
    if ("open" in step) this.#open.push(opened(step.open));
    else if ("close" in step) this.#close();
    else if ("items" in step && into?.type === "array") for (const item of step.items) into.value.push(item);
    else if ("members" in step && into?.type === "object") for (const [key, member] of step.members) define(into.value, key, member);
    else if ("key" in step && into?.type === "object") into.key = step.key;
    else if ("text" in step && into?.type === "text") into.value.push(step.text);
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const value = closed.type === "text" ? closed.value.join("") : closed.value;
    const into = this.#open.at(-1);
    if (into === undefined) this.#value = value;
    else if (into.type === "array") into.value.push(value);
    else if (into.type === "object") define(into.value, into.key, value);
  }
}

function opened(type: "array" | "object" | "text"): Open {
  if (type === "object") return { type, value: {}, key: "" };
  return { type, value: [] };
}

/** `__proto__` is a key like any other. */
function define(into: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === "__proto__") Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
  else into[key] = value;
}

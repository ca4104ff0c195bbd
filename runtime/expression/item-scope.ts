import type { JsonObject, JsonValue } from "../model/json.js";
import type { ExpressionScope, Variables } from "./cel.js";

/**
 * The scope of an expression over one item of the list that `over` gives: `item` with `index`, its number from 0. A channel of one
 * of these names is hidden.
 */
export function itemScope(scope: ExpressionScope, over: string): ExpressionScope {
  return scope.with(itemTypes(scope, over));
}

/** The same for an item that has a result: with that as `output`, and `results`, those so far, its own included. */
export function resultScope(scope: ExpressionScope, over: string): ExpressionScope {
  return scope.with({ ...itemTypes(scope, over), output: "dyn", results: "list<dyn>" });
}

function itemTypes(scope: ExpressionScope, over: string): Readonly<Record<string, string>> {
  const list = scope.compile(over, "list");
  return { item: list.ok ? itemType(list.type) : "dyn", index: "double" };
}

/** Of `list<double>` the `double`. What CEL does not know is left open. */
export function itemType(list: string): string {
  const inner = /^list<(.*)>$/.exec(list)?.[1];
  return inner === undefined || inner.length === 1 ? "dyn" : inner;
}

/** The variables of such an expression: those of the item, and for other names those around it. */
export function itemVariables(around: Variables, ofItem: JsonObject): Variables {
  return new ItemVariables(around, ofItem);
}

class ItemVariables extends Map<string, JsonValue> {
  readonly #around: Variables;
  readonly #ofItem: JsonObject;

  constructor(around: Variables, ofItem: JsonObject) {
    super();
    this.#around = around;
    this.#ofItem = ofItem;
  }

  override get(name: string): JsonValue | undefined {
    return Object.hasOwn(this.#ofItem, name) ? this.#ofItem[name] : this.#around.get(name);
  }
}

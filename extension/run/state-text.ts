// The values of channels as a text that people edit.
import { parseTree, type Node, type ParseError } from "jsonc-parser";
import { sameJson } from "../../runtime/document/same-json.js";
import { isObject, type JsonObject, type JsonValue } from "../../runtime/model/json.js";
import type { Plan } from "../../runtime/plan/plan.js";
import { misfitOf, type StateEdit } from "../../runtime/run/edit-state.js";

/** What is wrong with a text, and where. */
export interface StateFault {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

/** What a text makes of the state, or all that is wrong with it. */
export type StateReading = { readonly ok: true; readonly edit: StateEdit } | { readonly ok: false; readonly faults: readonly StateFault[] };

/** What sentences are needed of faults that are not those of values. */
export interface StateWords {
  readonly notJson: string;
  readonly notObject: string;
}

/** The text for the values of some channels, one below the other. */
export function stateText(values: JsonObject): string {
  return `${JSON.stringify(values, null, 2)}\n`;
}

/** Reads an edited text against what it was made of: channels that are gone from it are cleared, what is the same is left alone. */
export function readState(text: string, before: JsonObject, plan: Pick<Plan, "channels">, words: StateWords): StateReading {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error !== undefined) return refused([{ message: words.notJson, offset: error.offset, length: Math.max(1, error.length) }]);
  const after: unknown = JSON.parse(text);
  if (root === undefined || !isObject(after)) return refused([{ message: words.notObject, offset: 0, length: text.length }]);
  const values = Object.fromEntries(Object.entries(after).filter(([name, value]) => !isSame(before[name], value)));
  const faults = Object.entries(values).flatMap(([name, value]) => {
    const message = misfitOf(plan, name, value);
    return message === undefined ? [] : [{ message, ...placeOf(root, name) }];
  });
  const cleared = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return faults.length > 0 ? refused(faults) : { ok: true, edit: { values, cleared } };
}

/** Whether an edit changes nothing. */
export function isUnchanged({ values, cleared = [] }: StateEdit): boolean {
  return Object.keys(values).length + cleared.length === 0;
}

function isSame(before: JsonValue | undefined, after: JsonValue): boolean {
  return before !== undefined && sameJson(before, after);
}

/** The last property of a name counts, as it does for `JSON.parse`. */
function placeOf({ children = [] }: Node, name: string): { readonly offset: number; readonly length: number } {
  const { offset = 0, length = 1 } = children.findLast(({ children: [key] = [] }) => key?.value === name)?.children?.[1] ?? {};
  return { offset, length };
}

function refused(faults: readonly StateFault[]): StateReading {
  return { ok: false, faults };
}

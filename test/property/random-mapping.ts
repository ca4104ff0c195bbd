import fc from "fast-check";
import { applyEdits, editDocument, parseDocument, type JsonObject } from "../../runtime/index.js";

// What a subgraph node gives to its graph and takes from it, at random; and channels of that graph that are called or begin otherwise.

/** What an expression makes of a channel; the graphs are those of `random-parts.ts`. */
const made: Readonly<Record<string, (name: string) => string>> = {
  x: (name) => `${name} + 1.0`,
  y: (name) => `${name} * 2.0`,
  log: (name) => `${name}.filter(item, item != 'b')`,
  total: (name) => `${name} > 3.0 ? 3.0 : ${name} + 0.5`,
  talk: (name) => name,
  facts: (name) => `{'made': size(${name})}`,
  least: (name) => `${name} - 1.0`,
  mine: () => "'made'",
  free: (name) => `${name} == null ? 'none' : ${name}`,
};
const numbers = ["x", "y", "total", "least"];

const passed = fc.constantFrom("no", "same", "same", "same", "made", "other");
const choice = fc.record({
  renamed: fc.constantFrom(false, false, true),
  begins: fc.constantFrom("same", "same", "other", "nothing"),
  typed: fc.boolean(),
  given: passed,
  returned: passed,
  other: fc.nat(3),
});

/** A mapping; the first fields are given, so that most have both. */
export const mappings = fc.record({
  /** Without reducers: what is written takes the place of what was, so that it can begin anew in a loop. */
  lasting: fc.constantFrom(true, true, false),
  says: fc.constantFrom("both", "both", "both", "in", "out"),
  channels: fc.array(choice, { minLength: 9, maxLength: 9 }),
  /** Reads and writes what may have no value. */
  asks: fc.constantFrom("none", "read", "write", "both"),
  free: fc.option(fc.constantFrom("f", null), { nil: undefined }),
});
export type Mapping = typeof mappings extends fc.Arbitrary<infer Value> ? Value : never;
type Choice = Mapping["channels"][number];

/** What is to be run: a document, and the one that its node runs. */
export interface MappedTexts {
  readonly outer: string;
  readonly inner: string;
}

interface Entries {
  readonly channels: Record<string, JsonObject>;
  readonly nodes: Record<string, JsonObject>;
}

/** The texts with a mapping between them. `free` is a channel of the outer document that may have no value. */
export function mappedTexts({ outer, inner }: MappedTexts, node: string, mapping: Mapping): MappedTexts {
  const there = { channels: {}, ...(JSON.parse(inner) as Partial<Entries>) } as Entries;
  const here = JSON.parse(outer) as Entries;
  here.channels["free"] = {};
  if (mapping.lasting) for (const document of [here, there]) withoutReducers(document);
  const choices = new Map<string, Choice | undefined>(Object.keys(made).map((name, index) => [name, mapping.channels[index]] as const));
  ask(there, mapping, choices.get("free")?.typed === true);
  if (mapping.lasting) choices.set("total", { ...choiceOfTotal, renamed: choices.get("total")?.renamed === true });
  for (const [name, chosen] of choices) begin(there.channels, name, chosen);
  const fixed = Object.values(there.nodes).some(({ kind }) => kind === "code") ? ["total", "mine"] : [];
  const renamed = new Map<string, string>();
  for (const name of Object.keys(there.channels))
    renamed.set(name, choices.get(name)?.renamed === true && !fixed.includes(name) ? `${name}_in` : name);
  const given: Record<string, string> = {};
  const returned: Record<string, string> = {};
  for (const [name, to] of renamed) {
    const chosen = choices.get(name);
    const into = chosen === undefined ? undefined : expression(name, chosen, chosen.given, (other) => other);
    const back = chosen === undefined ? to : expression(name, chosen, chosen.returned, (other) => renamed.get(other));
    if (into !== undefined) given[to] = into;
    if (back !== undefined && name in here.channels) returned[name] = back;
  }
  const { says } = mapping;
  here.nodes[node] = { ...here.nodes[node], ...(says === "out" ? {} : { in: given }), ...(says === "in" ? {} : { out: returned }) };
  return { outer: JSON.stringify(here, undefined, 2), inner: withNames(JSON.stringify(there, undefined, 2), renamed) };
}

/** Loops end when `total` has grown. */
const choiceOfTotal: Choice = { renamed: false, begins: "same", typed: true, given: "same", returned: "same", other: 0 };

/** Lets what is written take the place of what was, in all channels. */
export function withoutReducers({ channels, nodes }: Entries): void {
  const starts: JsonObject = { log: [], talk: [], facts: {} };
  for (const [name, { reducer: _was, ...rest }] of Object.entries(channels))
    channels[name] = name in starts ? { default: starts[name] ?? null, ...rest } : rest;
  for (const { set } of Object.values(nodes)) {
    if (typeof set === "object" && set !== null && "total" in set) (set as Record<string, string>)["total"] = "total + 1.0";
  }
}

/** Lets the first expression inside use a channel that may have no value. */
function ask(there: Entries, { asks }: Mapping, typed: boolean): void {
  if (asks === "none") return;
  there.channels["free"] = typed ? { schema: { type: "string" } } : {};
  const first = Object.values(there.nodes).find(({ kind }) => kind === "expression");
  if (first === undefined) return;
  const set = first["set"] as Record<string, string>;
  if (asks !== "read") set["free"] = asks === "write" || typed ? "'written'" : "free == null ? 'first' : 'again'";
  if (asks === "read" && "log" in there.channels && !("log" in set)) set["log"] = typed ? "[free]" : "[free == null ? 'null' : 'some']";
}

function begin(channels: Record<string, JsonObject>, name: string, chosen: Choice | undefined): void {
  const channel = channels[name];
  if (channel === undefined || chosen === undefined || chosen.begins === "same") return;
  const { default: _was, ...rest } = channel;
  const other: Readonly<Record<string, JsonObject[string]>> = { log: ["z"], facts: { z: 1 }, mine: "z", free: "z", talk: [] };
  channels[name] = chosen.begins === "nothing" ? rest : { ...rest, default: other[name] ?? 2 };
}

function expression(name: string, chosen: Choice, how: Choice["given"], called: (name: string) => string | undefined): string | undefined {
  if (how === "no") return undefined;
  const other = how === "other" && numbers.includes(name) ? (numbers[chosen.other] ?? name) : name;
  const found = called(other) ?? called(name);
  return found === undefined || how !== "made" ? found : made[name]?.(found);
}

function withNames(text: string, names: ReadonlyMap<string, string>): string {
  let now = text;
  for (const [from, to] of names) {
    if (from === to) continue;
    const outcome = editDocument(parseDocument(now), [{ type: "channel/rename", name: from, to }]);
    if (!outcome.ok) throw new Error(outcome.message);
    now = applyEdits(now, outcome.edits);
  }
  return now;
}

// What is written in front of nodes that came from a graph, and behind them, in the place of a node's `in` and `out`.
//
// 1. An expression that is null gives nothing to a channel that takes no null: the channel then begins with its default, and one that is written
//    stays as it is. An expression node writes what it has, so the expression has to say that.
// 2. A value given takes the place of the default; it is not added to it.
import { ExpressionScope, namesIn } from "../../expression/cel.js";
import type { ChannelDef, Graph } from "../../model/graph.js";
import type { ChannelName, NodeId } from "../../model/ids.js";
import { ON_ERROR } from "../../model/ids.js";
import { isObject, type JsonObject } from "../../model/json.js";
import { userByName } from "./by-name.js";
import { hasAlwaysValue, nothingAdded, takesNull } from "./channel-values.js";
import type { MappedChannels } from "./inline-mapping.js";
import { renamedIn, type NewNames } from "./rename-all.js";
import { listed, refusal, type Refusal } from "./refusal.js";
import { resetsOf, type Running } from "./resets.js";

/** What is inlined, and what is passed. */
export interface Passing extends Running {
  readonly outer: Graph;
  readonly mapping: MappedChannels;
}

type Expressions = Readonly<Record<ChannelName, string>>;

/** What inner channels begin with, by their names inside, and what of their fields has to be other for that. */
export function firstValues(
  passing: Passing,
  own: readonly ChannelName[],
): { readonly ok: true; readonly set: Expressions; readonly own: ReadonlyMap<ChannelName, JsonObject> } | Refusal {
  const { outer, inner, mapping } = passing;
  const ungiven = own.filter((name) => mapping.given(name) === undefined);
  const resets = resetsOf(passing, ungiven);
  if (!resets.ok) return resets;
  const set: Record<ChannelName, string> = { ...resets.set };
  const fields = new Map<ChannelName, JsonObject>(ungiven.map((name) => [name, {}]));
  const scope = ExpressionScope.of(outer.channels);
  for (const there of own.flatMap((name) => inner.channels.get(name) ?? [])) {
    const source = mapping.given(there.name);
    if (source === undefined) continue;
    const first = firstValue(passing, { there, source, mayBeNull: mayBeNull(source, scope) });
    if ("ok" in first) return first;
    set[there.name] = first.source;
    fields.set(there.name, first.fields);
  }
  return { ok: true, set, own: fields };
}

interface Given {
  readonly there: ChannelDef;
  readonly source: string;
  readonly mayBeNull: boolean;
}

function firstValue(
  { outer, node, inner, again }: Passing,
  { there, source, mayBeNull: nullable }: Given,
): { readonly source: string; readonly fields: JsonObject } | Refusal {
  const { name, reducer, initial } = there;
  const here = node.in === undefined ? outer.channels.get(name) : undefined;
  if (here !== undefined && !hasAlwaysValue(here)) return unsaid(node.id, name, "in");
  if (reducer === "handler" || reducer === "ephemeral") return isNoWrite(node.id, there);
  const replaces = reducer === "last" || reducer === "latest";
  if (!replaces && again) return goesOn(node.id, name);
  const fields: JsonObject = replaces || initial === undefined ? {} : { default: null }; // invariant 2
  if (!nullable || takesNull(there)) return { source, fields };
  const instead = initial === undefined ? nothingAdded(reducer) : JSON.stringify(initial);
  if (instead !== undefined) return { source: `(${source}) == null ? ${instead} : (${source})`, fields };
  const schema = withNull(there);
  return schema === undefined || tellsNull(inner, name) ? mayLack(node.id, there, source) : { source, fields: { schema } };
}

/** The expressions of what comes back, by the channels here. */
export function afterwards(
  { outer, node, inner, mapping }: Passing,
  { same, names }: { readonly same: NewNames; readonly names: NewNames },
): { readonly ok: true; readonly set: Expressions } | Refusal {
  const set: Record<ChannelName, string> = {};
  const scope = ExpressionScope.of(inner.channels);
  for (const [name, said] of Object.entries(node.out ?? {})) {
    const source = said.trim();
    const here = outer.channels.get(name);
    if (here === undefined || mapping.isBack(here, source, same)) continue;
    const told = namesIn(source)?.find((use) => ["run", "input", "output"].includes(use.name) || lasts(inner, use.name));
    const renamed = renamedIn(source, names);
    if (told !== undefined || renamed === undefined) return cannotAsk(node.id, source, told?.name);
    if (!mayBeNull(source, scope) || takesNull(here)) {
      set[name] = renamed;
      continue;
    }
    const instead = nothingAdded(here.reducer) ?? (here.initial === undefined || here.reducer === "handler" ? undefined : name);
    if (instead === undefined) return mayNotBack(node.id, here, source);
    set[name] = `(${renamed}) == null ? ${instead} : (${renamed})`;
  }
  return { ok: true, set };
}

/** A variable of a known type fails where it has no value. */
function mayBeNull(source: string, scope: ExpressionScope): boolean {
  const compiled = scope.compile(source);
  return !compiled.ok || compiled.type === "dyn" || compiled.type === "null";
}

function lasts({ channels }: Graph, name: ChannelName): boolean {
  return channels.get(name)?.reducer === "ephemeral";
}

/** The schema of a channel, with null beside what it takes; undefined: that cannot be said. */
function withNull(def: ChannelDef): JsonObject | undefined {
  const { schema } = def;
  const types = [schema["type"]].flat().filter((type) => typeof type === "string");
  const wider = { ...schema, type: [...types, "null"] };
  return types.length > 0 && isObject(wider) && takesNull({ ...def, schema: wider }) ? wider : undefined;
}

/** Whether something inside may do otherwise for null than where there is no value: code, and what goes on after an error. */
function tellsNull(inner: Graph, channel: ChannelName): boolean {
  const recovers = [...inner.edges.values()].some(({ condition }) => condition.type === "on" && condition.action === ON_ERROR);
  return recovers || [...inner.nodes.values()].some((def) => def.fallback !== undefined) || userByName(inner, channel) !== undefined;
}

/** What would have to be said of a channel that is passed by its name. */
export function unsaid(node: NodeId, channel: ChannelName, field: "in" | "out"): Refusal {
  const what =
    field === "in"
      ? "goes in by its name, where it has a value"
      : "comes back by its name, where it was changed inside, and went in otherwise";
  return refusal(`Channel "${channel}" ${what}: an expression cannot say that.`, `Say in \`${field}\` of "${node}" what is passed.`, {
    nodes: [node],
  });
}

function isNoWrite(node: NodeId, { name, reducer }: ChannelDef): Refusal {
  const why = reducer === "handler" ? "is folded by a reducer of your own" : "is gone after one superstep";
  return refusal(
    `Channel "${name}" of the graph of "${node}" ${why}: what it begins with there would be one more write here.`,
    "Give it a channel with the reducer `last` to begin with.",
    { nodes: [node] },
  );
}

function goesOn(node: NodeId, channel: ChannelName): Refusal {
  return refusal(
    `"${node}" may run several times, and channel "${channel}" of its graph begins anew each time: here it would go on.`,
    "Give it the reducer `last`, or share the channel by its name without `in` and `out`.",
    { nodes: [node] },
  );
}

function mayLack(node: NodeId, { name }: ChannelDef, source: string): Refusal {
  return refusal(
    `\`${source}\` may be null, and channel "${name}" of the graph of "${node}" has no value then: here one would have to be written.`,
    `Give "${name}" a default, or say in \`in\` what it is instead of null.`,
    { nodes: [node] },
  );
}

function mayNotBack(node: NodeId, { name }: ChannelDef, source: string): Refusal {
  return refusal(
    `\`${source}\` may be null, and channel "${name}" is not written then: here something would have to be.`,
    `Give "${name}" a default, or say in \`out\` of "${node}" what it is instead of null.`,
    { nodes: [node] },
  );
}

function cannotAsk(node: NodeId, source: string, name: string | undefined): Refusal {
  return refusal(
    name === undefined
      ? `\`${source}\` cannot be said by the names that the channels would have here.`
      : `\`${source}\` asks for ${listed([name])}, which would be another one here.`,
    "Ask a channel of the graph that lasts instead.",
    { nodes: [node] },
  );
}

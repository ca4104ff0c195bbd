import type { Position } from "../model/graph.js";
import { END, START } from "../model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { SectionDraft } from "./draft.js";
import type { Intent } from "./intent.js";
import { wrongKey } from "./section.js";
import type { EntrySection } from "./sections.js";

/** The sections of a document with changes on top. */
export interface Draft extends Readonly<Record<EntrySection, SectionDraft>> {
  /** Changed fields of the document itself. */
  readonly fields: Map<"title" | "compile", JsonValue>;
  /** What the document has under `compile`; undefined: nothing. */
  readonly compile: JsonValue | undefined;
}

/** Distance of the grid lines that positions are snapped to, in canvas pixels. */
const GRID = 20;

/** Applies one intent to a draft; what comes back is why it is refused. */
export function applyIntent(draft: Draft, intent: Intent): string | undefined {
  switch (intent.type) {
    case "node/add":
      return add(draft, "nodes", intent.id, intent.fields) ?? move(draft, { [intent.id]: intent.position });
    case "node/update":
      return update(draft.nodes, "node", intent.id, intent.patch);
    case "node/move":
      return move(draft, intent.positions);
    case "node/remove":
      return removeNodes(draft, intent.ids);
    case "edge/add":
      return checkEnds(draft, { from: null, to: null, ...intent.fields }) ?? add(draft, "edges", intent.id, intent.fields);
    case "edge/update":
      return checkEnds(draft, intent.patch) ?? update(draft.edges, "edge", intent.id, intent.patch);
    case "edge/remove":
      return removeAll(draft.edges, "edge", intent.ids);
    case "channel/set":
      return setChannel(draft, intent.name, intent.fields);
    case "channel/remove":
      return removeAll(draft.channels, "channel", intent.names);
    case "title/set":
      draft.fields.set("title", intent.title);
      return undefined;
    case "compile/update":
      return updateCompile(draft, intent.patch);
  }
}

function add(draft: Draft, section: "nodes" | "edges", id: string, fields: JsonObject): string | undefined {
  const wrong = wrongKey(section, id);
  if (wrong !== undefined) return `${wrong} Use a letter or underscore, then letters, digits, underscores or hyphens.`;
  if (draft[section].has(id)) return `There is already ${section === "nodes" ? "a node" : "an edge"} "${id}"; choose another id.`;
  draft[section].set(id, fields);
  return undefined;
}

function update(section: SectionDraft, what: string, id: string, patch: JsonObject): string | undefined {
  const before = section.object(id);
  if (before === undefined) return section.has(id) ? `The ${what} "${id}" is not an object; correct it in the text.` : unknown(what, id);
  section.set(id, patched(before, patch));
  return undefined;
}

function updateCompile({ fields, compile }: Draft, patch: JsonObject): string | undefined {
  const before = fields.get("compile") ?? compile ?? {};
  if (!isObject(before)) return "`compile` is not an object; correct it in the text.";
  fields.set("compile", patched(before, patch));
  return undefined;
}

function patched(before: JsonObject, patch: JsonObject): JsonObject {
  const fields = new Map(Object.entries({ ...before }));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) fields.delete(name);
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function move(draft: Draft, positions: Readonly<Record<string, Position>>): string | undefined {
  for (const [id, [x, y]] of Object.entries(positions)) {
    if (id !== START && id !== END && !draft.nodes.has(id)) return unknown("node", id);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return `The place of "${id}" must be two numbers.`;
    draft.layout.set(id, [snap(x), snap(y)]);
  }
  return undefined;
}

/** The nearest grid line; adding 0 turns -0 into 0. */
function snap(coordinate: number): number {
  return Math.round(coordinate / GRID) * GRID + 0;
}

/** Removes nodes, their places and the edges that touch them. */
function removeNodes(draft: Draft, ids: readonly string[]): string | undefined {
  const refused = removeAll(draft.nodes, "node", ids);
  if (refused !== undefined) return refused;
  const gone = new Set<JsonValue | undefined>(ids);
  const touching = [...draft.edges.objects()].filter(([, edge]) => gone.has(edge["from"]) || gone.has(edge["to"]));
  for (const [id] of touching) draft.edges.remove(id);
  for (const id of ids) draft.layout.remove(id);
  return undefined;
}

function removeAll(section: SectionDraft, what: string, keys: readonly string[]): string | undefined {
  for (const key of new Set(keys)) {
    if (!section.has(key)) return unknown(what, key);
    section.remove(key);
  }
  return undefined;
}

function setChannel(draft: Draft, name: string, fields: JsonObject): string | undefined {
  const wrong = draft.channels.has(name) ? undefined : wrongKey("channels", name);
  if (wrong !== undefined) return wrong;
  draft.channels.set(name, fields);
  return undefined;
}

/** Why an edge cannot have these ends; ends that a patch does not name stay as they are. */
function checkEnds(draft: Draft, { from, to }: JsonObject): string | undefined {
  if (from !== undefined && !(from === START || (typeof from === "string" && draft.nodes.has(from)))) return wrongEnd("from", from);
  if (to !== undefined && !(to === END || (typeof to === "string" && draft.nodes.has(to)))) return wrongEnd("to", to);
  return undefined;
}

function wrongEnd(end: "from" | "to", value: JsonValue): string {
  const terminal = end === "from" ? START : END;
  if (typeof value !== "string") return `An edge needs \`${end}\`: a node or \`${terminal}\`.`;
  return value === START || value === END ? `An edge cannot have \`${value}\` as its \`${end}\`.` : unknown("node", value);
}

function unknown(what: string, id: string): string {
  return `There is no ${what} "${id}" in this graph; it may have been removed meanwhile.`;
}

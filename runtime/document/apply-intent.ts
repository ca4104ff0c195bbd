import type { Position } from "../model/graph.js";
import { END, START } from "../model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { SectionDraft } from "./draft.js";
import type { Intent } from "./intent.js";
import { applyAnnotation, leaveGroups } from "./apply-annotation.js";
import { wrongKey } from "./section.js";
import { toGrid } from "../model/card-size.js";
import { add, patched, removeAll, unknown, update } from "./section-edits.js";
import type { EntrySection } from "./sections.js";

/** The sections of a document with changes on top. */
export interface Draft extends Readonly<Record<EntrySection, SectionDraft>> {
  /** Changed fields of the document itself. */
  readonly fields: Map<"title" | "compile", JsonValue>;
  /** What the document has under `compile`; undefined: nothing. */
  readonly compile: JsonValue | undefined;
}

/** Applies one intent to a draft; what comes back is why it is refused. */
export function applyIntent(draft: Draft, intent: Intent): string | undefined {
  switch (intent.type) {
    case "node/add":
      return add(draft, "nodes", intent.id, intent.fields) ?? place(draft, intent.id, intent.position);
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
    case "channel/rename": // it changes places, not entries: `editDocument` does it
      return "A channel is renamed in an edit of its own.";
    case "channel/remove":
      return removeAll(draft.channels, "channel", intent.names);
    case "title/set":
      draft.fields.set("title", intent.title);
      return undefined;
    case "compile/update":
      return updateCompile(draft, intent.patch);
    default:
      return applyAnnotation(draft, intent);
  }
}

function updateCompile({ fields, compile }: Draft, patch: JsonObject): string | undefined {
  const before = fields.get("compile") ?? compile ?? {};
  if (!isObject(before)) return "`compile` is not an object; correct it in the text.";
  fields.set("compile", patched(before, patch));
  return undefined;
}

function move(draft: Draft, positions: Readonly<Record<string, Position>>): string | undefined {
  for (const [id, position] of Object.entries(positions)) {
    if (id !== START && id !== END && !draft.notes.has(id) && !draft.nodes.has(id)) return unknown("node", id);
    const refused = place(draft, id, position, sizeOf(draft, id));
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function place(draft: Draft, id: string, [x, y]: Position, size: readonly JsonValue[] = []): string | undefined {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return `The place of "${id}" must be two numbers.`;
  draft.layout.set(id, [toGrid(x), toGrid(y), ...size]);
  return undefined;
}

/** The size that a place of the layout has, if any. */
function sizeOf({ layout }: Draft, id: string): readonly JsonValue[] {
  const entry = layout.get(id);
  return Array.isArray(entry) && entry.length === 4 ? entry.slice(2) : [];
}

/** Removes nodes, their places and the edges that touch them; groups lose them. */
function removeNodes(draft: Draft, ids: readonly string[]): string | undefined {
  const refused = removeAll(draft.nodes, "node", ids);
  if (refused !== undefined) return refused;
  const gone = new Set<JsonValue | undefined>(ids);
  const touching = [...draft.edges.objects()].filter(([, edge]) => gone.has(edge["from"]) || gone.has(edge["to"]));
  for (const [id] of touching) draft.edges.remove(id);
  for (const id of ids) draft.layout.remove(id);
  return leaveGroups(draft.groups, ids);
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

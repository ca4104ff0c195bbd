// What a committed field means for the document: the smallest patch, or none. Pure.
import type { Intent } from "../../runtime/document/intent.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import { ON_ERROR } from "../../runtime/model/ids.js";
import { retargeted } from "../edges/ends-run.js";
import { kindOf, kinds } from "../nodes/kinds.js";
import type { EdgeView, NodeView } from "../protocol/views.js";

/** A field set to a value, or removed by `null`; nothing where that changes nothing. */
export function nodePatch(node: NodeView, field: string, value: JsonValue): Intent[] {
  return changes(node.fields[field], value) ? [{ type: "node/update", id: node.id, patch: { [field]: value } }] : [];
}

/** A field of an edge set to a value, or removed by `null`. */
export function edgePatch(edge: EdgeView, field: string, value: JsonValue): Intent[] {
  return changes(edge.fields[field], value) ? [{ type: "edge/update", id: edge.id, patch: { [field]: value } }] : [];
}

/** Another target for an edge. */
export function targetPatch(edge: EdgeView, to: string): Intent[] {
  if (edge.to === to) return [];
  return [{ type: "edge/update", id: edge.id, patch: retargeted(edge, to) }];
}

/** Another kind for a node: fields of the old kind go, the new kind's first ones come. */
export function kindPatch(node: NodeView, kind: string): Intent[] {
  if (node.kind === kind) return [];
  const kept = new Set<string>(["kind", "label", "note", "join", ...policiesKept(node.kind, kind)]);
  const gone = Object.keys(node.fields).filter((field) => !kept.has(field) && kinds.some((look) => look.kind === kind));
  const patch: JsonObject = { ...Object.fromEntries(gone.map((field) => [field, null])), kind, ...kindOf(kind).start(node.id) };
  return [{ type: "node/update", id: node.id, patch }];
}

/** What a map runs for each item. */
export type MapWork = "handler" | "graph";

const mapFields: Record<MapWork, readonly string[]> = { handler: ["handler", "reads", "pool", "chunk"], graph: ["graph", "in", "result"] };

/** A map that runs something else for its items: the fields of what it ran go. */
export function mapPatch(node: NodeView, what: MapWork): Intent[] {
  if ((node.fields["graph"] !== undefined) === (what === "graph")) return [];
  const gone = mapFields[what === "graph" ? "handler" : "graph"].filter((field) => node.fields[field] !== undefined);
  const come = kindOf(what === "graph" ? "subgraph" : "code").start(node.id);
  return [{ type: "node/update", id: node.id, patch: { ...Object.fromEntries(gone.map((field) => [field, null])), ...come } }];
}

/** A barrier waits for people: its time-out is another thing, and there is nothing to try again. */
function policiesKept(before: string, after: string): readonly string[] {
  const always = ["disabled", "fallback"];
  return before === "barrier" || after === "barrier" ? always : [...always, "retry", "timeout", "cache"];
}

/** Another condition for an edge; what it says is kept between `when` and `on`. */
export function conditionPatch(edge: EdgeView, condition: EdgeView["condition"]): Intent[] {
  if (edge.condition === condition) return [];
  const words = edge.condition === "when" || edge.condition === "on" ? edge.text : "";
  const come: Record<EdgeView["condition"], JsonObject> = {
    plain: {},
    when: { when: words || "true" },
    on: { on: words || "approve" },
    else: { else: true },
    error: { on: ON_ERROR },
  };
  const gone: JsonObject = Object.fromEntries(
    ["when", "on", "else"].filter((field) => edge.fields[field] !== undefined).map((field) => [field, null]),
  );
  return [{ type: "edge/update", id: edge.id, patch: { ...gone, ...come[condition] } }];
}

function changes(before: unknown, after: JsonValue): boolean {
  return after === null ? before !== undefined : JSON.stringify(before) !== JSON.stringify(after);
}

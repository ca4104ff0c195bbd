// The class of every field of the format. A field that is not here is a bug: `classOf` refuses it, and a test that reads the JSON
// Schema finds it. Fields have the names that the model gives them; `field-names.ts` tells those that the document calls otherwise.
import type { ChangeClass } from "./change.js";

/**
 * The fields of the document itself. `engines` and `tools` belong to nodes that call models: nothing of them is in a plan. When
 * checkpoints are made is, and touches no node. Sections of entries are classed entry by entry.
 */
const documentFields: Readonly<Record<string, ChangeClass>> = {
  $schema: "none",
  patchbay: "hard",
  title: "none",
  engines: "none",
  tools: "none",
  compile: "none",
  checkpoints: "soft",
  limits: "hard",
  notes: "none",
  groups: "none",
  conflicts: "none",
  layout: "none",
};

/** What is added, removed or of another kind is hard; a field of a channel always is. */
const channelFields: Readonly<Record<string, ChangeClass>> = {
  schema: "hard",
  reducer: "hard",
  fold: "hard",
  initial: "hard",
};

/** Of nodes of every kind. */
const nodeFields: Readonly<Record<string, ChangeClass>> = {
  label: "none",
  note: "none",
  join: "soft",
  handler: "soft",
  reads: "soft",
  writes: "soft",
  set: "soft",
  prompt: "soft",
  actions: "soft",
  schema: "soft",
  output: "soft",
  default: "soft",
  retry: "soft",
  timeout: "soft",
  fallback: "soft",
  cache: "soft",
  disabled: "soft",
  method: "soft",
  url: "soft",
  headers: "soft",
  query: "soft",
  body: "soft",
  take: "soft",
  as: "soft",
  expect: "soft",
  redirects: "soft",
  maxBytes: "soft",
  graph: "hard",
  in: "hard",
  out: "hard",
  result: "hard",
  over: "soft",
  concurrency: "soft",
  pool: "soft",
  chunk: "soft",
  onError: "soft",
  errorLimit: "soft",
  stopWhen: "soft",
  kind: "hard",
};

const edgeFields: Readonly<Record<string, ChangeClass>> = {
  label: "none",
  from: "soft",
  to: "soft",
  condition: "soft",
  terminate: "soft",
};

/** The class of a changed field of the document itself. */
export function classOfDocument(field: string): ChangeClass {
  return classOf(documentFields, "document", field);
}

/** The class of a changed channel. */
export function classOfChannel(fields: readonly string[]): ChangeClass {
  return gravest(fields.map((field) => classOf(channelFields, "channel", field)));
}

/** The class of a changed node: that of its gravest field. */
export function classOfNode(fields: readonly string[]): ChangeClass {
  return gravest(fields.map((field) => classOf(nodeFields, "node", field)));
}

/** The class of a changed edge. */
export function classOfEdge(fields: readonly string[]): ChangeClass {
  return gravest(fields.map((field) => classOf(edgeFields, "edge", field)));
}

/** The gravest of several classes; `none` of none. */
export function gravest(classes: Iterable<ChangeClass>): ChangeClass {
  let worst: ChangeClass = "none";
  for (const each of classes) {
    if (each === "hard") return "hard";
    if (each === "soft") worst = "soft";
  }
  return worst;
}

function classOf(table: Readonly<Record<string, ChangeClass>>, entity: string, field: string): ChangeClass {
  const found = table[field];
  if (found === undefined) throw new Error(`The ${entity} field "${field}" has no change class.`);
  return found;
}

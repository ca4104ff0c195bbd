import {
  applyEdits,
  compileGraph,
  diffGraphs,
  editDocument,
  nextSteps,
  parseDocument,
  positionAt,
  type Intent,
  type ParsedDocument,
} from "../../../runtime/index.js";

/** Edits of all sorts, some of which fit. */
const intents = (node: string): readonly Intent[] => [
  { type: "node/add", id: "fuzzed", fields: { kind: "code", handler: "./a.ts" }, position: [0, 0] },
  { type: "node/move", positions: { [node]: [20, 40] } },
  { type: "node/update", id: node, patch: { label: "L" } },
  { type: "edge/add", id: "fuzzedEdge", fields: { from: "@start", to: node } },
  { type: "channel/set", name: "fuzzedChannel", fields: { reducer: "append" } },
  { type: "node/remove", ids: [node] },
];

/** Reads, checks, compiles and edits a text; gives what is wrong with what comes back. */
export function readDocument(text: string, before: ParsedDocument): readonly string[] {
  const document = parseDocument(text);
  const again = parseDocument(text, before);
  const found = [...wrongProblems(document), ...(document.valid ? compiled(document) : [])];
  if (JSON.stringify(again.problems) !== JSON.stringify(document.problems)) found.push("It reads otherwise after an edit than anew.");
  diffGraphs(before.graph, document.graph);
  const [node = "a"] = document.graph.nodes.keys();
  for (const intent of intents(node)) {
    const edited = editDocument(document, [intent]);
    if ("edits" in edited && edited.edits !== undefined) parseDocument(applyEdits(text, edited.edits), document);
  }
  return found;
}

function wrongProblems({ text, problems, valid }: ParsedDocument): readonly string[] {
  const found: string[] = [];
  for (const { code, message, range, severity } of problems) {
    const outside = !(range.start >= 0 && range.start <= range.end && range.end <= text.length);
    if (outside) found.push(`${code} is at ${JSON.stringify(range)} of ${String(text.length)}.`);
    if (!(code in nextSteps) || message === "") found.push(`${code} "${message}" is no problem that is known.`);
    if (severity === "error" && valid) found.push(`It is valid, and has the error ${code}.`);
    positionAt(text, range.start);
  }
  return found;
}

function compiled(document: ParsedDocument): readonly string[] {
  const plan = compileGraph(document.graph);
  return plan.revision === "" ? ["Its plan has no revision."] : [];
}

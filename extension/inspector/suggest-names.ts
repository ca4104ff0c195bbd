// What the rows of a node's field, and what it lists, can be called. Pure.
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { defaultActions } from "../../runtime/document/read-nodes.js";
import { typeText } from "../../runtime/expression/assist/shape.js";
import { MODIFY, REROUTE } from "../../runtime/model/graph.js";
import { ON_ERROR, type NodeId } from "../../runtime/model/ids.js";
import { isObject } from "../../runtime/model/json.js";
import type { CompletionsView, CompletionView } from "../../webview/protocol/expressions.js";
import { channelShape, channelsOf, type ExpressionFacts } from "./expression-field.js";

/** Headers that people set on requests. */
const headers = [
  "accept",
  "accept-language",
  "authorization",
  "cache-control",
  "content-type",
  "idempotency-key",
  "if-match",
  "if-none-match",
  "prefer",
  "user-agent",
  "x-api-key",
  "x-request-id",
];

/** Actions that mean more to a run than an edge that waits for them. */
const meanings: Readonly<Record<string, string>> = {
  [MODIFY]: "Brings a value: a question that offers it is not answered so without one.",
  [REROUTE]: "Names the node where the run goes on, in place of the barrier's edges.",
};

/** Names for a field that fit what is typed, what is typed whole first; for rows without those that it has. */
export function suggestNames(
  { parsed, other }: Pick<ExpressionFacts, "parsed" | "other">,
  { node, field, text }: { readonly node: string; readonly field: string; readonly text: string },
): CompletionsView {
  const fields = parsed.raw.nodes.get(node) ?? {};
  const graph = fields["graph"];
  const taken = isObject(fields[field]) ? Object.keys(fields[field]) : [];
  const wanted = text.trim().toLowerCase();
  const place = ({ label }: CompletionView): number => label.toLowerCase().indexOf(wanted);
  const rank = (item: CompletionView): number => (item.label.toLowerCase() === wanted ? -1 : Number(place(item) > 0));
  const items = namesOf(field, { here: parsed, node, inside: typeof graph === "string" ? other(graph) : undefined })
    .filter((item) => place(item) !== -1 && (!taken.includes(item.label) || item.label === text))
    .toSorted((a, b) => rank(a) - rank(b));
  return { from: 0, to: text.length, items };
}

interface Around {
  readonly here: ParsedDocument;
  readonly node: NodeId;
  readonly inside: ParsedDocument | undefined;
}

function namesOf(field: string, { here, node, inside }: Around): readonly CompletionView[] {
  switch (field) {
    case "set":
    case "out":
    case "fallback":
    case "reads":
    case "writes":
      return channelNames(here);
    case "in":
      return inside === undefined ? [] : channelNames(inside);
    case "actions":
      return actionNames(here, node);
    case "headers":
      return headers.map((name) => named(name, "header", ""));
    default:
      return [];
  }
}

function channelNames(parsed: ParsedDocument): readonly CompletionView[] {
  return channelsOf(parsed).map((def) => {
    const { name, shape, help } = channelShape(def, undefined);
    return { ...named(name, typeText(shape), help), kind: "channel" };
  });
}

/** Those that the edges of the node wait for, and the usual ones. */
function actionNames({ graph }: ParsedDocument, node: NodeId): readonly CompletionView[] {
  const waitedFor = [...graph.edges.values()].flatMap(({ from, condition }) =>
    from === node && condition.type === "on" && condition.action !== ON_ERROR ? [condition.action] : [],
  );
  const names = new Set([...waitedFor, ...defaultActions, ...Object.keys(meanings)]);
  return [...names].map((name) => named(name, waitedFor.includes(name) ? "an edge waits for it" : "action", meanings[name] ?? ""));
}

function named(label: string, detail: string, help: string): CompletionView {
  return { label, kind: "property", detail, help, insert: label, caret: label.length };
}

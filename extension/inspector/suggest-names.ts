// What the rows of a node's field can be called. Pure.
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { typeText } from "../../runtime/expression/assist/shape.js";
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

/** Names for the rows of a field that fit what is typed, without those that it has. */
export function suggestNames(
  { parsed, other }: Pick<ExpressionFacts, "parsed" | "other">,
  { node, field, text }: { readonly node: string; readonly field: string; readonly text: string },
): CompletionsView {
  const fields = parsed.raw.nodes.get(node) ?? {};
  const graph = fields["graph"];
  const taken = isObject(fields[field]) ? Object.keys(fields[field]) : [];
  const wanted = text.trim().toLowerCase();
  const place = ({ label }: CompletionView): number => label.toLowerCase().indexOf(wanted);
  const items = namesOf(field, parsed, typeof graph === "string" ? other(graph) : undefined)
    .filter((item) => place(item) !== -1 && (!taken.includes(item.label) || item.label === text))
    .toSorted((a, b) => Number(place(a) > 0) - Number(place(b) > 0));
  return { from: 0, to: text.length, items };
}

function namesOf(field: string, here: ParsedDocument, inside: ParsedDocument | undefined): readonly CompletionView[] {
  switch (field) {
    case "set":
    case "out":
    case "fallback":
      return channelNames(here);
    case "in":
      return inside === undefined ? [] : channelNames(inside);
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

function named(label: string, detail: string, help: string): CompletionView {
  return { label, kind: "property", detail, help, insert: label, caret: label.length };
}

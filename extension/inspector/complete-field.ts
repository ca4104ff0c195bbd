// What can be written next in a field that holds expressions.
import { completionsAt } from "../../runtime/expression/assist/complete.js";
import type { CompletionsView, CompletionView } from "../../webview/protocol/expressions.js";
import type { ExpressionField } from "./expression-field.js";
import { expressionAt } from "./field-text.js";

const secret: CompletionView = {
  label: "secret",
  kind: "variable",
  detail: "text",
  help: "A secret of yours, by its name: it stands alone in its braces, and only the request gets it.",
  insert: "secret.",
  caret: "secret.".length,
};

/** What can stand at a place of a field's text; nothing outside of its expressions. */
export function completeField({ syntax, scope, names }: ExpressionField, text: string, at: number): CompletionsView {
  const region = expressionAt(syntax.syntax, text, at);
  if (region === undefined) return { from: at, to: at, items: [] };
  const typeOf = (expression: string): string | undefined => {
    const compiled = scope.compile(expression);
    return compiled.ok ? compiled.type : undefined;
  };
  const { from, to, items } = completionsAt(region.source, at - region.start, names, typeOf);
  const started = region.source.slice(0, at - region.start).trim();
  const secrets = syntax.secrets === true && region.braces > 0 && secret.label.startsWith(started) ? [secret] : [];
  return { from: region.start + from, to: region.start + to, items: [...items, ...secrets] };
}

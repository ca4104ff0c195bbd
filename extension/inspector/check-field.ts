// What there is to know of the expressions in a field, as they are typed.
import { namesIn, ExpressionError, type ExpressionProgram, type Variables } from "../../runtime/expression/cel.js";
import { typeText } from "../../runtime/expression/assist/shape.js";
import { textOfValue } from "../../runtime/expression/template.js";
import { encodeText } from "../../runtime/kinds/http/encode.js";
import type { JsonValue } from "../../runtime/model/json.js";
import type { ExpressionProblemView, ExpressionView } from "../../webview/protocol/expressions.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import type { ExpressionField } from "./expression-field.js";
import { expressionsOf, type PlacedRegion } from "./field-text.js";

const VALUE_CHARACTERS = 400;
const TEXT_CHARACTERS = 4000;
const READ_CHARACTERS = 80;
const SECRET = /^\s*secret\.[A-Za-z_]\w*\s*$/;

/** An expression that was checked. */
interface Checked {
  readonly region: PlacedRegion;
  readonly problems: readonly ExpressionProblemView[];
  readonly type?: string;
  readonly program?: ExpressionProgram;
}

/** What came out on the state of the run shown. */
type Outcome = { readonly value: JsonValue } | { readonly problem: ExpressionProblemView };

/** Checks a field's text; evaluates what is right. */
export function checkField(field: ExpressionField, text: string): ExpressionView {
  const checked = expressionsOf(field.syntax.syntax, text).map((region) => check(field, region));
  const errors = checked.flatMap(({ problems }) => problems);
  const reads = readsOf(field, checked);
  const [only] = checked;
  const type = field.syntax.syntax === "expression" && only?.type !== undefined ? { type: only.type } : {};
  const { variables, superstep } = field;
  if (variables === undefined || errors.length > 0) return { problems: errors, reads, ...type };
  const outcomes = new Map(checked.map((each) => [each.region, outcomeOf(each, variables)]));
  const failed = [...outcomes.values()].flatMap((outcome) => (outcome !== undefined && "problem" in outcome ? [outcome.problem] : []));
  const value = resultOf(field, text, checked, outcomes);
  return { problems: failed, reads, ...type, ...(value === undefined ? {} : { value, ...(superstep === undefined ? {} : { superstep }) }) };
}

function check({ scope, syntax }: ExpressionField, region: PlacedRegion): Checked {
  const inBraces = region.braces > 0;
  if (inBraces && syntax.secrets === true && SECRET.test(region.source)) return { region, problems: [] };
  const result = scope.compile(region.source, inBraces ? undefined : syntax.expected);
  if (result.ok) return { region, problems: [], type: result.type, program: result.program };
  const { message, start, end } = result.problem;
  return { region, problems: [{ severity: "error", message, ...region.placeOf({ start, end }) }] };
}

function outcomeOf({ region, program }: Checked, variables: Variables): Outcome | undefined {
  if (program === undefined) return undefined;
  try {
    return { value: program(variables) };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    const message = thrown.message.replace(`\`${region.source}\`: `, "");
    return { problem: { severity: "information", message, ...region.placeOf({ start: 0, end: region.source.length }) } };
  }
}

/** The channels and variables that are named, each once. */
function readsOf({ names }: ExpressionField, checked: readonly Checked[]): ExpressionView["reads"] {
  const used = new Set(checked.flatMap(({ region }) => (namesIn(region.source) ?? []).map(({ name }) => name)));
  return names
    .filter(({ name }) => used.has(name))
    .map(({ name, shape }) => ({
      name,
      type: typeText(shape),
      ...(shape.value === undefined ? {} : { value: previewJson(shape.value, READ_CHARACTERS) }),
    }));
}

/** What the whole field comes to; undefined where nothing does. */
function resultOf(
  field: ExpressionField,
  text: string,
  checked: readonly Checked[],
  outcomes: ReadonlyMap<PlacedRegion, Outcome | undefined>,
): string | undefined {
  const [only] = checked;
  switch (field.syntax.syntax) {
    case "expression": {
      const outcome = only === undefined ? undefined : outcomes.get(only.region);
      return outcome !== undefined && "value" in outcome ? previewJson(outcome.value, VALUE_CHARACTERS) : undefined;
    }
    case "template":
    case "body":
      return text.trim() === "" ? undefined : cut(filled(field, text, checked, outcomes));
  }
}

/** The text with what its holes come to; one that fails, and a secret, is left as it is. */
function filled(
  { syntax }: ExpressionField,
  text: string,
  checked: readonly Checked[],
  outcomes: ReadonlyMap<PlacedRegion, Outcome | undefined>,
): string {
  const parts: string[] = [];
  let done = 0;
  for (const { region } of checked) {
    const outcome = outcomes.get(region);
    if (outcome === undefined || !("value" in outcome)) continue;
    const { start, end } = region.placeOf({ start: 0, end: region.source.length });
    const from = start - region.braces;
    const to = end + region.braces;
    // A string of JSON that is nothing but one hole is the value itself.
    const whole = region.inJson && text[from - 1] === '"' && text[to] === '"';
    const encoded = syntax.address === true && /[/?#]/.test(text.slice(0, from).replace(/^\s*[^/?#]*:\/\//, ""));
    const written = encoded ? encodeText(textOfValue(outcome.value), "url") : textOfValue(outcome.value);
    parts.push(text.slice(done, from - (whole ? 1 : 0)));
    parts.push(whole ? previewJson(outcome.value, TEXT_CHARACTERS) : region.inJson ? JSON.stringify(written).slice(1, -1) : written);
    done = to + (whole ? 1 : 0);
  }
  return parts.join("") + text.slice(done);
}

function cut(text: string): string {
  return text.length > TEXT_CHARACTERS ? `${text.slice(0, TEXT_CHARACTERS - 1)}…` : text;
}

// What is asked about an expression while it is typed. An answer is of the text that was sent: who asks drops one for another text.
import * as v from "valibot";

/** The field that it is typed into, its parts separated by dots: `set.total`. */
const place = { node: v.optional(v.string()), edge: v.optional(v.string()), field: v.string(), text: v.string() };

export const checkParams = v.object(place);
export const completeParams = v.object({ ...place, at: v.number() });
/** A field of the inspector that holds expressions, with what is typed in it. */
export type ExpressionText = v.InferOutput<typeof checkParams>;

export const expressionProblem = v.object({
  /** `information`: it is right, and fails on the state of the run shown. */
  severity: v.picklist(["error", "information"]),
  message: v.string(),
  start: v.number(),
  end: v.number(),
});
/** What is wrong with a part of the text. */
export type ExpressionProblemView = v.InferOutput<typeof expressionProblem>;

export const expressionView = v.object({
  problems: v.array(expressionProblem),
  /** Of a text that is one expression. */
  type: v.optional(v.string()),
  /** What it comes to on the state of the run shown: of an expression JSON, of a template text; cut where it is long. */
  value: v.optional(v.string()),
  /** The superstep of that state. */
  superstep: v.optional(v.number()),
  /** The channels and variables that it reads, each once, with what they hold. */
  reads: v.array(v.object({ name: v.string(), type: v.string(), value: v.optional(v.string()) })),
});
/** What there is to know of a text with expressions. */
export type ExpressionView = v.InferOutput<typeof expressionView>;

export const completionView = v.object({
  label: v.string(),
  kind: v.picklist(["channel", "variable", "property", "function", "macro", "file"]),
  /** Its type, or how it is called. */
  detail: v.string(),
  help: v.string(),
  insert: v.string(),
  /** Where the caret stands then, in what is written. */
  caret: v.number(),
});
/** Something that can be written next. */
export type CompletionView = v.InferOutput<typeof completionView>;

export const completionsView = v.object({
  /** The part of the text that it replaces. */
  from: v.number(),
  to: v.number(),
  items: v.array(completionView),
});
/** All that can be written next. */
export type CompletionsView = v.InferOutput<typeof completionsView>;

// Requests that only look.
import * as v from "valibot";
import { channelUsesView, typesView } from "./channels.js";
import { edgeStory, pastOutline, pastView } from "./past.js";
import { toldText } from "./told.js";
import { checkParams, completeParams, completionsView, expressionView } from "./expressions.js";
import { taskDetails } from "./tasks.js";
import { nodeFiguresView } from "./views.js";

/** They are part of the table of requests. */
export const looks = {
  /** What there is to know of expressions as they are typed. */
  "expression/check": { params: checkParams, result: expressionView },
  /** What can be written next. */
  "expression/complete": { params: completeParams, result: completionsView },
  /** What the rows of a node's field can be called. */
  "name/suggest": { params: v.object({ node: v.string(), field: v.string(), text: v.string() }), result: completionsView },
  /** The tasks of a node in the run shown, by now or by the end of a superstep, and one of them in full. */
  "task/load": {
    params: v.object({ node: v.string(), task: v.optional(v.string()), superstep: v.optional(v.number()) }),
    result: taskDetails,
  },
  /** What the runs of a node had come to by the end of a superstep; null: it had none, or that cannot be had. */
  "figures/load": { params: v.object({ node: v.string(), superstep: v.number() }), result: v.nullable(nodeFiguresView) },
  /** Who uses a channel. */
  "channel/load": { params: v.object({ channel: v.string() }), result: channelUsesView },
  /** The types of the graph's channels, or of what a node is given and may write. */
  "types/load": { params: v.object({ node: v.optional(v.string()) }), result: typesView },
  /** Modules of the workspace that a handler can be, and what they export behind `#`. */
  "handler/suggest": { params: v.object({ text: v.string() }), result: completionsView },
  /** What there is to look at of the past of the run shown. */
  "past/outline": { params: v.object({}), result: pastOutline },
  /** How the run shown was at the end of a superstep; null where that cannot be had. The run does not move. */
  "past/load": { params: v.object({ superstep: v.number() }), result: v.nullable(pastView) },
  /** What the last task of a node has said; what it adds is told from then on, and of no other node. */
  "told/listen": { params: v.object({ node: v.string() }), result: v.nullable(toldText) },
  /** What came of an edge when its node finished last, by now or, with `superstep`, by the end of that one; null: it has not been tested. */
  "edge/explain": { params: v.object({ edge: v.string(), superstep: v.optional(v.number()) }), result: v.nullable(edgeStory) },
};

/** Names of requests that only look. */
export type LookName = keyof typeof looks;
/** A request that only looks, with what it carries. */
export type LookCall = {
  [Name in LookName]: { readonly name: Name; readonly params: v.InferOutput<(typeof looks)[Name]["params"]> };
}[LookName];
/** What answers a request that only looks. */
export type LookAnswer<Name extends LookName = LookName> = v.InferOutput<(typeof looks)[Name]["result"]>;

// What a canvas and its inspector ask, answered from the document and the run shown. Nothing changes by it.
import type { JsonObject } from "../../runtime/model/json.js";
import type { ExpressionText } from "../../webview/protocol/expressions.js";
import type { LookAnswer, LookCall } from "../../webview/protocol/looks.js";
import type { GraphDocument } from "../editor/graph-document.js";
import { typesText } from "../../runtime/types/graph-types.js";
import { channelUses } from "./channel-uses.js";
import type { ToldFeed } from "../run/told-feed.js";
import { PastViews } from "../run/past-views.js";
import { checkField } from "./check-field.js";
import { completeField } from "./complete-field.js";
import { expressionField, type ExpressionField } from "./expression-field.js";
import { suggestHandlers } from "./suggest-handlers.js";
import { suggestNames } from "./suggest-names.js";
import { taskDetails } from "./task-details.js";
import type { TaskSubject } from "./task-facts.js";

/** What the inspector looks at. */
export interface LookSubject {
  readonly document: GraphDocument;
  /** The run shown. */
  readonly session: TaskSubject;
}

/** Answers the questions of one canvas. */
export class CanvasLooks {
  readonly #subject: LookSubject;
  readonly #past: PastViews;
  readonly #told: Pick<ToldFeed, "listen">;

  /** `told`: what tasks say. */
  constructor(subject: LookSubject, told: Pick<ToldFeed, "listen">) {
    this.#subject = subject;
    this.#told = told;
    this.#past = new PastViews(subject.session);
  }

  answer(call: LookCall): LookAnswer | Promise<LookAnswer> {
    switch (call.name) {
      case "expression/check": {
        const field = this.#field(call.params);
        return field === undefined ? { problems: [], reads: [] } : checkField(field, call.params.text);
      }
      case "expression/complete": {
        const { text, at } = call.params;
        const field = this.#field(call.params);
        return field === undefined ? { from: at, to: at, items: [] } : completeField(field, text, at);
      }
      case "name/suggest": {
        const { document } = this.#subject;
        return suggestNames({ parsed: document.parsed, other: document.otherGraph.bind(document) }, call.params);
      }
      case "task/load":
        return taskDetails(this.#subject.session, call.params.node, call.params.task, call.params.superstep);
      case "figures/load":
        return this.#past.figures(call.params.node, call.params.superstep);
      case "channel/load":
        return channelUses(this.#subject.document.parsed, call.params.channel);
      case "types/load":
        return { text: typesText(this.#subject.document.parsed.graph, call.params.node) };
      case "handler/suggest":
        return suggestHandlers(this.#subject.document, call.params.text);
      case "told/listen":
        return this.#told.listen(call.params.node);
      case "past/outline":
        return this.#past.outline();
      case "past/load":
        return this.#past.load(call.params.superstep);
      case "edge/explain":
        return this.#past.explain(call.params.edge, call.params.superstep);
    }
  }

  #field(place: ExpressionText): ExpressionField | undefined {
    const { document, session } = this.#subject;
    const written = (node: string): JsonObject | undefined => lastWritten(session, node);
    const other = document.otherGraph.bind(document);
    return expressionField({ parsed: document.parsed, moment: session.run?.moment, written, other }, place);
  }
}

/** What a node wrote last in the run shown. */
function lastWritten({ run }: TaskSubject, node: string): JsonObject | undefined {
  const finished = run?.moment.finished.find((task) => task.node === node);
  if (finished !== undefined) return finished.writes;
  const event = run?.trace.findLast((each) => each.type === "write" && each.node === node);
  return event?.type === "write" ? event.writes : undefined;
}

// The debug adapter: the Debug Adapter Protocol over one run.
import { DebugSession, InitializedEvent, InvalidatedEvent, Response } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { NodeId } from "../../../runtime/model/ids.js";
import { BreakpointList } from "./breakpoint-list.js";
import { capabilities } from "./capabilities.js";
import { DebuggedRun } from "./debugged-run.js";
import { Inspection } from "./inspection.js";
import { messageOf } from "./message-of.js";
import type { AllAnswers } from "./protocol.js";
import { breakpoints } from "./requests/breakpoints.js";
import { lifecycle } from "./requests/lifecycle.js";
import { motion } from "./requests/motion.js";
import { standing } from "./requests/standing.js";
import { replacement } from "./requests/replacement.js";
import { values } from "./requests/values.js";
import { Review } from "./review.js";
import { Stage, type Counting } from "./stage.js";
import type { DebugTarget } from "./target.js";

/** One debug session. */
export class GraphDebugSession extends DebugSession {
  readonly #stage: Stage;
  readonly #answers: ReadonlyMap<string, (args: never) => unknown>;
  readonly #left: () => void;

  /** `actor`: who is said to have edited what is edited here. */
  constructor(target: DebugTarget, actor: string) {
    super();
    this.setDebuggerLinesStartAt1(false);
    this.setDebuggerColumnsStartAt1(false);
    const counting = this.#counting();
    const stage = new Stage(target, counting);
    this.#stage = stage;
    const list = new BreakpointList(counting, {
      file: (graph) => target.graphAt(graph),
      plan: (graph) => stage.planOf(graph),
      placeAt: (graph, position) => target.placeAt?.(graph, position),
      chosen: (graph, position, place) => target.chosen?.(graph, position, place),
    });
    const inspection = new Inspection(actor);
    const send = this.sendEvent.bind(this);
    const debugged = new DebuggedRun({
      target,
      stage,
      inspection,
      breakpoints: list.all,
      review: new Review(list, stage, send),
      send,
    });
    const parts = { target, debugged, stage, inspection, list, counting, actor };
    const all: AllAnswers = {
      ...lifecycle(parts),
      ...breakpoints(parts),
      ...standing(parts),
      ...values(parts),
      ...motion(parts),
      ...replacement(parts),
    };
    this.#answers = new Map(Object.entries(all));
    this.#left = () => void all.disconnect({});
  }

  /** How often the run has moved: tells one stop from another. */
  get moves(): number {
    return this.#stage.moves;
  }

  /** The nodes of a frame and of those around it, the innermost first, with the paths of their documents. */
  nodesAt(frame: number): readonly { readonly graph: string; readonly node: NodeId }[] {
    return this.#stage.nodesAt(frame);
  }

  /** Has the debugger ask once more where the run stands. */
  lookAgain(): void {
    this.sendEvent(new InvalidatedEvent(["stacks"]));
  }

  /** The debugger is gone, perhaps without a word: as if it had said so. The process that it is in is not the adapter's to end. */
  override shutdown(): void {
    this.#left();
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = capabilities;
    this.sendResponse(response);
    this.sendEvent(new InitializedEvent());
  }

  /** What is in the table is answered by it; the rest is refused: nothing is said to be done that is not. */
  protected override dispatchRequest(request: DebugProtocol.Request): void {
    const { command } = request;
    if (command === "initialize") return super.dispatchRequest(request);
    this.#answer(new Response(request), () => {
      const answer = this.#answers.get(command);
      if (answer === undefined) throw new Error(`There is no request "${command}" here.`);
      return answer(request.arguments as never);
    });
  }

  /** Sends what an answer comes to; what it throws is the error of the response. */
  #answer(response: DebugProtocol.Response, answer: () => unknown): void {
    const send = (body: unknown): void => {
      if (body !== undefined) response.body = body;
      this.sendResponse(response);
    };
    const refuse = (thrown: unknown): void => this.sendErrorResponse(response, { id: 1, format: messageOf(thrown), showUser: false });
    try {
      const body = answer();
      if (body instanceof Promise) body.then(send, refuse);
      else send(body);
    } catch (thrown) {
      refuse(thrown);
    }
  }

  #counting(): Counting {
    return {
      toClient: ({ line, column }) => ({
        line: this.convertDebuggerLineToClient(line),
        column: this.convertDebuggerColumnToClient(column),
      }),
      toDebugger: (line, column) => ({
        line: this.convertClientLineToDebugger(line),
        column: column === undefined ? 0 : this.convertClientColumnToDebugger(column),
      }),
    };
  }
}

// A host in the page: it keeps a graph, makes the edits that it is sent, and remembers all that was asked of it. Loaded
// before the bundle, which then runs as it does in VS Code.
import type { Intent } from "../../runtime/document/intent.js";
import { applyIntents } from "../../webview/store/optimistic.js";
import {
  notifications,
  requests,
  type CommandName,
  type NotificationName,
  type NotificationParams,
  type ToHost,
} from "../../webview/protocol/messages.js";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import { graphOf, runOf } from "./samples.js";
import * as v from "valibot";

/** One batch of edits as the host got it. */
export interface ReceivedEdit {
  readonly revision: number;
  readonly intents: readonly Intent[];
}

/** What the tests drive through `page.evaluate`. */
export class FakeHost {
  graph: GraphView = graphOf([], []);
  run: RunView = runOf({ sequence: 0, run: null, status: "none", superstep: 0 });
  compile: CompileView = { plan: "a41f09c", stale: false, backlog: 0 };
  debug: DebugView = { nodes: {}, edges: {} };
  readonly commands: { readonly name: CommandName; readonly params: unknown }[] = [];
  readonly edits: ReceivedEdit[] = [];
  readonly violations: string[] = [];
  /** Answer to the next edit, in place of making it. */
  refusal: string | undefined;
  /** While true, edits are kept unanswered. */
  holding = false;
  memory: unknown;
  #held: (() => void)[] = [];

  /** Replaces the graph, as an edit in the text editor would. */
  setGraph(graph: GraphView): void {
    this.graph = { ...graph, revision: this.graph.revision + 1 };
    this.notify("graph/changed", this.graph);
  }

  setRun(run: RunView): void {
    this.run = run;
    this.notify("run/changed", run);
  }

  setCompile(compile: CompileView): void {
    this.compile = compile;
    this.notify("compile/changed", compile);
  }

  setDebug(debug: DebugView): void {
    this.debug = debug;
    this.notify("debug/changed", debug);
  }

  notify<Name extends NotificationName>(name: Name, params: NotificationParams<Name>): void {
    v.parse<v.GenericSchema>(notifications[name], params);
    this.post({ kind: "notification", name, params });
  }

  post(message: unknown): void {
    window.postMessage(message, "*");
  }

  /** Answers what was held back. */
  release(): void {
    this.holding = false;
    for (const answer of this.#held.splice(0)) answer();
  }

  receive(message: ToHost): void {
    if (message.kind === "command") this.commands.push({ name: message.name, params: message.params });
    else if (message.name === "view/load")
      this.post({
        kind: "response",
        id: message.id,
        result: { graph: this.graph, run: this.run, compile: this.compile, debug: this.debug },
      });
    else if (message.name === "blame/load") this.post({ kind: "response", id: message.id, result: { checkpoint: null, writers: {} } });
    else this.#edit(message.id, message.params);
  }

  #edit(id: number, params: unknown): void {
    const { revision, intents } = v.parse(requests["graph/edit"].params, params);
    this.edits.push({ revision, intents });
    const answer = (): void => this.#answer(id, revision, intents);
    if (this.holding) this.#held.push(answer);
    else answer();
  }

  #answer(id: number, revision: number, intents: readonly Intent[]): void {
    const refusal = revision === this.graph.revision ? this.refusal : `revision ${String(revision)} is not ${String(this.graph.revision)}`;
    this.refusal = undefined;
    if (refusal !== undefined) return this.post({ kind: "response", id, result: { ok: false, code: "EDIT_REFUSED", message: refusal } });
    this.graph = { ...applyIntents(this.graph, intents), revision: revision + 1 };
    this.post({ kind: "response", id, result: { ok: true, revision: revision + 1 } });
    this.notify("graph/changed", this.graph);
  }
}

declare global {
  interface Window {
    host: FakeHost;
    acquireVsCodeApi: () => unknown;
  }
}

const host = new FakeHost();
window.host = host;
window.acquireVsCodeApi = () => ({
  postMessage: (message: ToHost) => queueMicrotask(() => host.receive(structuredClone(message))),
  getState: () => host.memory,
  setState: (value: unknown) => {
    host.memory = value;
  },
});
document.addEventListener("securitypolicyviolation", (event) =>
  host.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
);

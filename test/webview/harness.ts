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
import type { LookAnswer, LookName } from "../../webview/protocol/looks.js";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { PaletteView, PlacedFiles } from "../../webview/protocol/palette.js";
import type { PastView } from "../../webview/protocol/past.js";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import { graphOf, pastOf, runOf } from "./samples.js";
import * as v from "valibot";

/** One batch of edits as the host got it. */
export interface ReceivedEdit {
  readonly revision: number;
  readonly intents: readonly Intent[];
}

const noAnswers: { readonly [Name in LookName]: LookAnswer<Name> } = {
  "expression/check": { problems: [], reads: [] },
  "expression/complete": { from: 0, to: 0, items: [] },
  "name/suggest": { from: 0, to: 0, items: [] },
  "task/load": { tasks: [] },
  "figures/load": null,
  "channel/load": { readers: [], writers: [], code: [], declaration: "" },
  "types/load": { text: "" },
  "handler/suggest": { from: 0, to: 0, items: [] },
  "past/outline": { run: "run-1", now: 0, saved: [], question: [], failure: [], recompile: [], byHand: [] },
  "past/load": null,
  "edge/explain": null,
  "told/listen": null,
};

/** What the tests drive through `page.evaluate`. */
export class FakeHost {
  graph: GraphView = graphOf([], []);
  run: RunView = runOf({ sequence: 0, run: null, status: "none", superstep: 0 });
  compile: CompileView = { plan: "a41f09c", stale: false, backlog: 0 };
  debug: DebugView = { nodes: {}, edges: {} };
  palette: PaletteView = { handlers: [], graphs: [], snippets: [], recent: [], faults: [] };
  /** What becomes of files that are dropped, by the end of their URI; others are refused. */
  placed: Readonly<Record<string, PlacedFiles["files"][number]>> = {};
  diff: DiffView | undefined;
  readonly commands: { readonly name: CommandName; readonly params: unknown }[] = [];
  readonly edits: ReceivedEdit[] = [];
  readonly violations: string[] = [];
  /** How the run was, by superstep; else it is made up. */
  pasts: Readonly<Record<number, PastView>> = {};
  /** Answer to the next edit, in place of making it. */
  refusal: string | undefined;
  /** While true, edits are kept unanswered. */
  holding = false;
  /** What the inspector has asked, and what it is answered. */
  readonly looks: { readonly name: LookName; readonly params: unknown }[] = [];
  answers: { [Name in LookName]?: LookAnswer<Name> } = {};
  /** While true, what the inspector asks is kept unanswered. */
  holdingLooks = false;
  memory: unknown;
  #held: (() => void)[] = [];
  readonly #refused = new Map<number | undefined, string>();

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

  setDiff(diff: DiffView): void {
    this.diff = diff;
    this.notify("diff/changed", diff);
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
    this.holdingLooks = false;
    for (const answer of this.#held.splice(0)) answer();
  }

  receive(message: ToHost): void {
    if (message.kind === "command") this.commands.push({ name: message.name, params: message.params });
    else if (message.name === "view/load")
      this.post({
        kind: "response",
        id: message.id,
        result: this.#views(),
      });
    else if (message.name === "blame/load") this.post({ kind: "response", id: message.id, result: { checkpoint: null, writers: {} } });
    else if (message.name === "palette/load") this.post({ kind: "response", id: message.id, result: this.palette });
    else if (message.name === "files/place") this.post({ kind: "response", id: message.id, result: this.#place(message.params) });
    else if (message.name === "graph/edit") this.#edit(message.id, message.params);
    else this.#look(message.id, message.name, message.params);
  }

  /** What the inspector asks is answered at once, or held back, by what a test has put in `answers`. */
  #look(id: number, name: LookName, params: unknown): void {
    this.looks.push({ name, params });
    const result = name === "past/load" ? this.#past(params) : (this.answers[name] ?? noAnswers[name]);
    const answer = (): void => this.post({ kind: "response", id, result });
    if (this.holdingLooks) this.#held.push(answer);
    else answer();
  }

  #place(params: unknown): PlacedFiles {
    const { uris } = v.parse(requests["files/place"].params, params);
    const found = uris.map((uri) => Object.entries(this.placed).find(([end]) => uri.endsWith(end))?.[1] ?? `${uri} is refused.`);
    const files = found.filter((each) => typeof each !== "string");
    return { files, refused: found.filter((each) => typeof each === "string") };
  }

  #past(params: unknown): PastView {
    const { superstep } = v.parse(requests["past/load"].params, params);
    return this.pasts[superstep] ?? pastOf(superstep, this.run);
  }

  #views(): object {
    const { graph, run, compile, debug, diff } = this;
    return { graph, run, compile, debug, ...(diff === undefined ? {} : { diff }) };
  }

  #edit(id: number, params: unknown): void {
    const { revision, chain, intents } = v.parse(requests["graph/edit"].params, params);
    this.edits.push({ revision, intents });
    const answer = (): void => this.#answer(id, chain, intents);
    if (this.holding) this.#held.push(answer);
    else answer();
  }

  /** An edit is made on the newest graph; where one is refused, so are those that were made on it. */
  #answer(id: number, chain: number | undefined, intents: readonly Intent[]): void {
    const refusal = this.#refused.get(chain) ?? this.refusal;
    this.refusal = undefined;
    if (refusal !== undefined) {
      this.#refused.set(chain, refusal);
      return this.post({ kind: "response", id, result: { ok: false, code: "EDIT_REFUSED", message: refusal } });
    }
    const revision = this.graph.revision + 1;
    this.graph = { ...applyIntents(this.graph, intents), revision };
    this.post({ kind: "response", id, result: { ok: true, revision } });
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

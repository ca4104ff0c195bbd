// The host's end of one webview.
//
// 1. Nothing that fails validation reaches the host; the sender of a broken request is told.
// 2. Every request is answered: with its result, with an error, or on disposal.
// 3. Notifications are whole values, so the last one is enough: bursts are thinned, and nothing is posted to a webview that
//    has not loaded or is hidden, as `view/load` asks for everything.
// 4. Of a graph that the webview has, and of a large run, only what changed is posted, counted from the one that was posted or answered
//    last.
// 5. What an edit changes is posted behind its answer, in the same turn: drawing the one must not hold up the other.
import * as v from "valibot";
import type { Size } from "../../runtime/model/card-size.js";
import type { Clock } from "../../runtime/ports.js";
import { toErrorInfo } from "../../runtime/errors.js";
import {
  commands,
  requests,
  toHost,
  type CommandName,
  type CommandParams,
  type NotificationName,
  type NotificationParams,
  type RequestName,
  type RequestParams,
  type RequestResult,
  type ToHost,
  type ToWebview,
} from "../../webview/protocol/messages.js";
import type { BlameView } from "../../webview/protocol/blame.js";
import type { ViewportView, WayView } from "../../webview/protocol/places.js";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { LookAnswer, LookCall, LookName } from "../../webview/protocol/looks.js";
import type { ToldView } from "../../webview/protocol/told.js";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { CompileView, GraphView, RunView } from "../../webview/protocol/views.js";
import { Coalescer } from "../coalescer.js";
import { graphPatch } from "./graph-patch.js";
import { runPatch } from "./run-patch.js";
import { Pictures } from "./pictures.js";
import { HeldBack } from "./held-back.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { Event } from "../emitter.js";

const FRAME_MS = 16;

/** A webview as the bridge needs it: a wire. */
export interface BridgePanel {
  post(message: ToWebview): void;
  readonly onMessage: Event<unknown>;
}

/** A command with what it carries. */
export type CommandCall = { [Name in CommandName]: { readonly name: Name; readonly params: CommandParams<Name> } }[CommandName];

/** What changed on the host's side. */
export type ViewPart = "graph" | "run" | "compile" | "debug" | "told" | "way" | "diff";

/** What stands behind a canvas. */
export interface BridgeHost {
  graph(): GraphView;
  run(): RunView;
  compile(): CompileView;
  debug(): DebugView;
  /** What tasks have said since this was called last. */
  told(): ToldView;
  /** How a person came to the graph, and who runs it. */
  way(): WayView;
  /** Undefined while the canvas stands beside no other. */
  diff(): DiffView | undefined;
  readonly onDidChange: Event<ViewPart>;
  /** Who gave the channels of the run shown their values. */
  blame(): BlameView;
  edit(params: RequestParams<"graph/edit">): Promise<RequestResult<"graph/edit">>;
  /** Answers what the inspector asks; nothing changes by it. */
  look(call: LookCall): LookAnswer | Promise<LookAnswer>;
  /** What the palette offers of the workspace. */
  palette(): Promise<RequestResult<"palette/load">>;
  /** Files as nodes of the graph may name them. */
  place(params: RequestParams<"files/place">): RequestResult<"files/place">;
  /** Does what the canvas asks; shows its own failures. */
  command(call: CommandCall): void | Promise<void>;
  /** Something arrived that cannot be understood, or failed on the way. */
  failed(message: string, thrown?: unknown): void;
}

/** Items to select and centre. */
export type Selection = NotificationParams<"selection/reveal">;

/** Joins one webview to one host. */
export class Bridge implements Disposable {
  readonly #panel: BridgePanel;
  readonly #host: BridgeHost;
  readonly #held = new DisposableStore();
  readonly #open = new Set<number>();
  readonly #parts: Readonly<Record<ViewPart, Coalescer>>;
  #live = false;
  /** The graph that the webview has. */
  #shown: GraphView | undefined;
  /** The run that it has. */
  #shownRun: RunView | undefined;
  readonly #heldBack: HeldBack<ViewPart>;
  #toReveal: Selection | undefined;
  readonly #pictures = this.#held.add(new Pictures((wanted) => this.#notify("picture/wanted", wanted)));

  constructor(panel: BridgePanel, host: BridgeHost, clock: Clock) {
    this.#panel = panel;
    this.#host = host;
    this.#heldBack = new HeldBack(clock, (changed) => this.#changed(changed));
    const part = (interval: number, notify: () => void): Coalescer => this.#held.add(new Coalescer(clock, interval, notify));
    this.#parts = {
      graph: part(0, () => this.#postGraph(host.graph())),
      run: part(FRAME_MS, () => this.#postRun(host.run())),
      compile: part(FRAME_MS, () => this.#notify("compile/changed", host.compile())),
      debug: part(FRAME_MS, () => this.#notify("debug/changed", host.debug())),
      told: part(FRAME_MS, () => this.#notify("told/changed", host.told())),
      way: part(FRAME_MS, () => this.#notify("way/changed", host.way())),
      diff: part(FRAME_MS, () => this.#notify("diff/changed", host.diff() ?? null)),
    };
    this.#held.add(panel.onMessage((message) => this.#receive(message)));
    this.#held.add(host.onDidChange((changed) => this.#heldBack.deliver(changed)));
  }

  /** Selects and centres items, as soon as the canvas can. */
  reveal(selection: Selection): void {
    if (this.#live) this.#notify("selection/reveal", selection);
    else this.#toReveal = selection;
  }

  /** An SVG as a PNG of so many pixels, as soon as the canvas can. Rejects where it cannot draw that, or is closed. */
  draw(svg: string, size: Size): Promise<Uint8Array> {
    return this.#pictures.draw(svg, size, this.#live);
  }

  /** Has the canvas do what one of its keys or buttons does. */
  perform(what: NotificationParams<"canvas/perform">): void {
    if (this.#live) this.#notify("canvas/perform", what);
  }

  /** Shows a part of the canvas, if it is in view. */
  follow(viewport: ViewportView): void {
    if (this.#live) this.#notify("view/follow", viewport);
  }

  /** The webview is hidden: it loses what is posted, and loads anew when it is shown again (invariant 3). */
  hidden(): void {
    this.#live = false;
  }

  dispose(): void {
    if (this.#held.disposed) return;
    for (const id of this.#open) this.#refuse(id, "DISPOSED", "The graph was closed."); // invariant 2
    this.#held.dispose();
  }

  #changed(part: ViewPart): void {
    if (this.#live) this.#parts[part].request();
  }

  #receive(message: unknown): void {
    const envelope = v.safeParse(toHost, message);
    if (!envelope.success) this.#refuseUnknown(message);
    else if (envelope.output.kind === "command") this.#command(envelope.output);
    else this.#request(envelope.output);
  }

  #refuseUnknown(message: unknown): void {
    this.#host.failed("The canvas sent a message that is not in the protocol.");
    const request = v.safeParse(v.object({ kind: v.literal("request"), id: v.number() }), message);
    if (request.success) this.#respond({ id: request.output.id, error: { code: "UNKNOWN_REQUEST", message: "There is no such request." } });
  }

  #command(message: Extract<ToHost, { kind: "command" }>): void {
    const params = v.safeParse<v.GenericSchema>(commands[message.name], message.params);
    if (!params.success) return this.#host.failed(`The canvas sent ${message.name} with parameters that do not fit.`); // invariant 1
    // The table ties each name to its parameters; the compiler cannot follow that through a union of names.
    const call = { name: message.name, params: params.output } as CommandCall;
    if (call.name === "picture/drawn") return this.#pictures.drawn(call.params);
    void this.#attempt(async () => this.#host.command(call));
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.#host.failed("A command of the canvas failed.", thrown);
    }
  }

  #request({ id, name, params: raw }: Extract<ToHost, { kind: "request" }>): void {
    this.#open.add(id);
    const params = v.safeParse<v.GenericSchema>(requests[name].params, raw);
    if (!params.success) return this.#refuse(id, "BAD_PARAMS", `The parameters of ${name} do not fit.`);
    if (name === "view/load") this.#load(id);
    else if (name === "blame/load") this.#blame(id);
    else if (name === "palette/load") void this.#answerWith<"palette/load">(id, () => this.#host.palette());
    else if (name === "files/place")
      void this.#answerWith<"files/place">(id, () => this.#host.place(params.output as RequestParams<"files/place">));
    else if (name === "graph/edit") void this.#edit(id, params.output as RequestParams<"graph/edit">);
    // The table ties each name to its parameters, as it does for commands.
    else void this.#answerWith<LookName>(id, () => this.#host.look({ name, params: params.output } as LookCall));
  }

  /** Answers in the same turn as it looks, so that no change falls between the answer and the notifications. */
  #load(id: number): void {
    for (const part of Object.values(this.#parts)) part.reset();
    const graph = this.#host.graph();
    this.#shown = graph;
    const run = this.#host.run();
    this.#shownRun = run;
    const diff = this.#host.diff();
    this.#answer<"view/load">(id, {
      graph,
      run,
      compile: this.#host.compile(),
      debug: this.#host.debug(),
      way: this.#host.way(),
      ...(diff === undefined ? {} : { diff }),
    });
    this.#live = true;
    this.#pictures.loaded();
    const selection = this.#toReveal;
    this.#toReveal = undefined;
    if (selection !== undefined) this.#notify("selection/reveal", selection);
  }

  #blame(id: number): void {
    try {
      this.#answer<"blame/load">(id, this.#host.blame());
    } catch (thrown) {
      const { code, message } = toErrorInfo(thrown, "STORE");
      this.#host.failed("Who wrote the channels cannot be found out.", thrown);
      this.#refuse(id, code, message);
    }
  }

  /** Invariant 4. */
  #postGraph(graph: GraphView): void {
    const patch = this.#shown === undefined ? undefined : graphPatch(this.#shown, graph);
    this.#shown = graph;
    if (patch === undefined) this.#notify("graph/changed", graph);
    else this.#notify("graph/patched", patch);
  }

  /** Invariant 4. */
  #postRun(run: RunView): void {
    const patch = this.#shownRun === undefined ? undefined : runPatch(this.#shownRun, run);
    this.#shownRun = run;
    if (patch === undefined) this.#notify("run/changed", run);
    else this.#notify("run/patched", patch);
  }

  async #edit(id: number, params: RequestParams<"graph/edit">): Promise<void> {
    const end = this.#heldBack.begin(); // invariant 5
    try {
      this.#answer<"graph/edit">(id, await this.#host.edit(params));
    } catch (thrown) {
      const { code, message } = toErrorInfo(thrown, "EDIT_REFUSED");
      this.#host.failed("An edit of the canvas failed.", thrown);
      this.#refuse(id, code, message);
    } finally {
      end();
    }
  }

  async #answerWith<Name extends RequestName>(id: number, result: () => RequestResult<Name> | Promise<RequestResult<Name>>): Promise<void> {
    try {
      this.#answer<Name>(id, await result());
    } catch (thrown) {
      const { code, message } = toErrorInfo(thrown, "STORE");
      this.#host.failed("A request of the canvas cannot be answered.", thrown);
      this.#refuse(id, code, message);
    }
  }

  #answer<Name extends RequestName>(id: number, result: RequestResult<Name>): void {
    if (this.#open.delete(id)) this.#respond({ id, result }); // else disposed meanwhile, and answered
  }

  #refuse(id: number, code: string, message: string): void {
    if (this.#open.delete(id)) this.#respond({ id, error: { code, message } });
  }

  #respond(response: { readonly id: number; readonly result?: unknown; readonly error?: { code: string; message: string } }): void {
    this.#panel.post({ kind: "response", ...response });
  }

  #notify<Name extends NotificationName>(name: Name, params: NotificationParams<Name>): void {
    this.#panel.post({ kind: "notification", name, params });
  }
}

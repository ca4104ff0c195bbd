import type { HostPort } from "../vscode-api.js";
import { RequestError, type Channel } from "./channel.js";
import { readMemory, type Memory } from "./memory.js";
import { nothing, type Selection } from "./selection.js";
import type { CanvasStore } from "./store.js";

/** A webview at least this wide, in pixels, has room for the inspector from the start. */
const ROOMY = 1200;

/** Keeps a store in step with its host for as long as the webview lives. */
export class Session {
  readonly #channel: Channel;
  readonly #store: CanvasStore;
  readonly #port: HostPort;
  #memory: Memory;
  /** What was selected before what is. */
  #before: Selection = nothing;

  constructor(channel: Channel, store: CanvasStore, port: HostPort) {
    this.#channel = channel;
    this.#store = store;
    this.#port = port;
    this.#memory = readMemory(port.recall());
  }

  /** Where somebody moved the view to; undefined while the graph is to be kept fitted. */
  get viewport(): Memory["viewport"] {
    return this.#memory.viewport;
  }

  /** Listens to the host and loads everything once. */
  start(): void {
    const {
      receiveGraph,
      receivePatch,
      receiveRun,
      receiveRunPatch,
      receiveCompile,
      receiveDebug,
      receiveWay,
      receiveDiff,
      follow,
      requestReveal,
      ask,
      setInspector,
      setMinimap,
    } = this.#store.getState();
    this.#channel.on("graph/changed", (graph) => receiveGraph(graph));
    this.#channel.on("graph/patched", (patch) => {
      if (!receivePatch(patch)) void this.load();
    });
    this.#channel.on("run/changed", (run) => receiveRun(run));
    this.#channel.on("run/patched", (patch) => {
      if (!receiveRunPatch(patch)) void this.load();
    });
    this.#channel.on("compile/changed", receiveCompile);
    this.#channel.on("debug/changed", receiveDebug);
    this.#channel.on("told/changed", this.#store.getState().receiveTold);
    this.#channel.on("diff/changed", receiveDiff);
    this.#channel.on("view/follow", follow);
    this.#channel.on("way/changed", receiveWay);
    this.#channel.on("selection/reveal", (target) => {
      if (target.viewport === undefined) this.leave(this.#store.getState().selection);
      requestReveal(target);
    });
    this.#channel.on("canvas/perform", ask);
    if (this.#memory.minimap !== undefined) setMinimap(this.#memory.minimap);
    setInspector(this.#memory.inspector ?? { open: window.innerWidth >= ROOMY });
    this.#store.subscribe((state, before) => {
      if (state.selection !== before.selection) this.#before = before.selection;
      const isOther = state.selection !== before.selection || state.inspector !== before.inspector || state.minimap !== before.minimap;
      if (isOther) this.#keepSurface();
    });
    void this.load();
  }

  /** Asks for all there is: at the start, and whenever the webview becomes visible, since a hidden one loses messages. */
  async load(): Promise<void> {
    try {
      const { graph, run, compile, debug, way, diff } = await this.#channel.request("view/load", {});
      const first = this.#store.getState().graph === undefined;
      const { receiveGraph, receiveRun, receiveCompile, receiveDebug, receiveWay, receiveDiff, select } = this.#store.getState();
      const remembered = this.#memory.selection;
      receiveRun(run, true);
      receiveCompile(compile);
      receiveDebug(debug);
      if (way !== undefined) receiveWay(way);
      receiveDiff(diff);
      if (first && remembered !== undefined) select(remembered);
      receiveGraph(graph, true);
      const { heard, listen } = this.#store.getState();
      if (heard !== undefined) listen(heard.node);
    } catch (error) {
      this.#store.getState().notify(error instanceof Error ? error.message : String(error));
      const isLost = error instanceof RequestError && error.code === "TIMEOUT";
      if (isLost && this.#store.getState().graph === undefined) return this.load(); // a canvas that shows nothing asks until it is answered
    }
  }

  /** The view is about to jump elsewhere; where it is can be gone back to. `selection`: what was selected until then. */
  leave(selection: Selection = this.#before): void {
    if (this.#store.getState().graph === undefined) return; // nobody has seen anything yet
    const { nodes, edges } = selection;
    this.#channel.command("place/left", { nodes: [...nodes], edges: [...edges], viewport: this.#memory.viewport ?? null });
  }

  /** Remembers where the view was moved to, or that the graph is to be kept fitted. */
  keepViewport(viewport: Memory["viewport"]): void {
    const { viewport: _before, ...memory } = this.#memory;
    this.#keep(viewport === undefined ? memory : { ...memory, viewport });
    this.#channel.command("place/changed", { viewport: viewport ?? null });
  }

  /** Remembers what is being typed in a field; undefined: nothing any more. */
  keepDraft(of: string, typed: string | undefined): void {
    const { draft, ...memory } = this.#memory;
    if (typed !== undefined) this.#keep({ ...memory, draft: { of, typed } });
    else if (draft?.of === of) this.#keep(memory);
  }

  /** What was being typed in a field when the canvas was hidden; it is told once. */
  takeDraft(of: string): string | undefined {
    const { draft } = this.#memory;
    if (draft?.of !== of) return undefined;
    this.keepDraft(of, undefined);
    return draft.typed;
  }

  #keepSurface(): void {
    const { selection, inspector, minimap } = this.#store.getState();
    this.#keep({ ...this.#memory, inspector, minimap, selection: { nodes: [...selection.nodes], edges: [...selection.edges] } });
  }

  #keep(memory: Memory): void {
    this.#memory = memory;
    this.#port.remember(memory);
  }
}

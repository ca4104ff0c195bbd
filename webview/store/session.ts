import type { HostPort } from "../vscode-api.js";
import type { Channel } from "./channel.js";
import { readMemory, type Memory } from "./memory.js";
import type { CanvasStore } from "./store.js";

/** A webview at least this wide, in pixels, has room for the inspector from the start. */
const ROOMY = 1200;

/** Keeps a store in step with its host for as long as the webview lives. */
export class Session {
  readonly #channel: Channel;
  readonly #store: CanvasStore;
  readonly #port: HostPort;
  #memory: Memory;

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
    const { receiveGraph, receivePatch, receiveRun, receiveCompile, receiveDebug, requestReveal, setInspector } = this.#store.getState();
    this.#channel.on("graph/changed", (graph) => receiveGraph(graph));
    this.#channel.on("graph/patched", (patch) => {
      if (!receivePatch(patch)) void this.load();
    });
    this.#channel.on("run/changed", (run) => receiveRun(run));
    this.#channel.on("compile/changed", receiveCompile);
    this.#channel.on("debug/changed", receiveDebug);
    this.#channel.on("selection/reveal", requestReveal);
    setInspector(this.#memory.inspector ?? { open: window.innerWidth >= ROOMY });
    this.#store.subscribe((state, before) => {
      if (state.selection !== before.selection || state.inspector !== before.inspector) this.#keepSurface();
    });
    void this.load();
  }

  /** Asks for all there is: at the start, and whenever the webview becomes visible, since a hidden one loses messages. */
  async load(): Promise<void> {
    try {
      const { graph, run, compile, debug } = await this.#channel.request("view/load", {});
      const first = this.#store.getState().graph === undefined;
      const { receiveGraph, receiveRun, receiveCompile, receiveDebug, select } = this.#store.getState();
      const remembered = this.#memory.selection;
      receiveRun(run, true);
      receiveCompile(compile);
      receiveDebug(debug);
      if (first && remembered !== undefined) select(remembered);
      receiveGraph(graph, true);
    } catch (error) {
      this.#store.getState().notify(error instanceof Error ? error.message : String(error));
    }
  }

  /** Remembers where the view was moved to, or that the graph is to be kept fitted. */
  keepViewport(viewport: Memory["viewport"]): void {
    const { viewport: _before, ...memory } = this.#memory;
    this.#keep(viewport === undefined ? memory : { ...memory, viewport });
  }

  #keepSurface(): void {
    const { selection, inspector } = this.#store.getState();
    this.#keep({ ...this.#memory, inspector, selection: { nodes: [...selection.nodes], edges: [...selection.edges] } });
  }

  #keep(memory: Memory): void {
    this.#memory = memory;
    this.#port.remember(memory);
  }
}

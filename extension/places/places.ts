// Back and forward through the places that somebody was at, in one history across graphs.
//
// 1. A jump away from a place leaves it behind: what the canvas calls one, and another canvas that becomes the active one.
// 2. Going back and forward leaves nothing behind.
import * as vscode from "vscode";
import type { Place } from "../../webview/protocol/places.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { CanvasPanel, CanvasPanels } from "../editor/canvas-panels.js";
import { PlaceHistory } from "./place-history.js";

const MOST = 100;

/** A place on the canvas of a graph. */
interface GraphPlace {
  readonly graph: string;
  readonly place: Place;
}

/** The places that somebody was at. */
export class Places implements Disposable {
  readonly #panels: CanvasPanels;
  readonly #held = new DisposableStore();
  readonly #history = new PlaceHistory<GraphPlace>(MOST, (a, b) => JSON.stringify(a) === JSON.stringify(b));
  readonly #keys = new Map<string, boolean>();
  #active: CanvasPanel | undefined;
  /** The graph that is being gone to: invariant 2. */
  #goingTo: string | undefined;

  constructor(panels: CanvasPanels) {
    this.#panels = panels;
    this.#held.add(panels.onDidLeave(({ canvas, place }) => this.#leave({ graph: canvas.document.key, place })));
    this.#held.add(panels.onDidActivate((canvas) => this.#activated(canvas)));
    this.#tell();
  }

  /** Goes to the place before; without one, where VS Code's own history leads. */
  async goBack(): Promise<void> {
    const place = this.#history.goBack(this.#here());
    await (place === undefined ? vscode.commands.executeCommand("workbench.action.navigateBack") : this.#show(place));
  }

  /** Goes to the place that lay ahead. */
  async goForward(): Promise<void> {
    const place = this.#history.goForward(this.#here());
    await (place === undefined ? vscode.commands.executeCommand("workbench.action.navigateForward") : this.#show(place));
  }

  dispose(): void {
    this.#held.dispose();
  }

  #activated(canvas: CanvasPanel): void {
    const before = this.#active;
    this.#active = canvas;
    const going = this.#goingTo === canvas.document.key;
    this.#goingTo = undefined;
    if (before !== undefined && before.document.key !== canvas.document.key && !going) this.#leave(placeOf(before)); // invariant 1
  }

  #leave(place: GraphPlace): void {
    this.#history.leave(place);
    this.#tell();
  }

  #here(): GraphPlace {
    return this.#active === undefined ? { graph: "", place: { nodes: [], edges: [], viewport: null } } : placeOf(this.#active);
  }

  async #show({ graph, place }: GraphPlace): Promise<void> {
    this.#tell();
    if (this.#active?.document.key !== graph) this.#goingTo = graph;
    await this.#panels.reveal(vscode.Uri.parse(graph), { ...place, nodes: [...place.nodes], edges: [...place.edges] });
  }

  #tell(): void {
    this.#put("patchbay.canGoBack", this.#history.canGoBack);
    this.#put("patchbay.canGoForward", this.#history.canGoForward);
  }

  #put(key: string, value: boolean): void {
    if (this.#keys.get(key) === value) return;
    this.#keys.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}

function placeOf({ document, selection, viewport }: CanvasPanel): GraphPlace {
  return { graph: document.key, place: { nodes: selection.nodes, edges: selection.edges, viewport } };
}

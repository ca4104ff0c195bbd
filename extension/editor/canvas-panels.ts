import * as vscode from "vscode";
import type { Bridge, Selection } from "../bridge/bridge.js";
import type { Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { Place, Viewport } from "../../webview/protocol/places.js";
import type { GraphDocument } from "./graph-document.js";
import { VIEW_TYPE } from "./graph-uri.js";

/** One open canvas. */
export interface CanvasPanel {
  readonly document: GraphDocument;
  readonly panel: vscode.WebviewPanel;
  readonly bridge: Bridge;
  /** What is selected on it. */
  selection: Selection;
  /** Where its view is. */
  viewport: Viewport;
}

/** A canvas whose view jumps, and where it was. */
export interface LeftPlace {
  readonly canvas: CanvasPanel;
  readonly place: Place;
}

/** The open canvases, several of one document included. */
export class CanvasPanels {
  readonly #panels = new Set<CanvasPanel>();
  readonly #selected = new Emitter<CanvasPanel>();
  readonly #left = new Emitter<LeftPlace>();
  readonly #activated = new Emitter<CanvasPanel>();
  /** What to reveal on a canvas that is being opened. */
  readonly #awaited = new Map<string, Selection>();

  /** Something else is selected on a canvas. */
  readonly onDidSelect = this.#selected.event;

  /** The view of a canvas jumps elsewhere. */
  readonly onDidLeave = this.#left.event;
  /** A canvas became the active editor. */
  readonly onDidActivate = this.#activated.event;

  /** The canvas that is the active editor. */
  get active(): CanvasPanel | undefined {
    return [...this.#panels].find(({ panel }) => panel.active);
  }

  /** The view of a canvas jumps away from a place. */
  leave(canvas: CanvasPanel, place: Place): void {
    this.#left.fire({ canvas, place });
  }

  /** A canvas may have become the active editor. */
  viewStateChanged(canvas: CanvasPanel): void {
    if (canvas.panel.active) this.#activated.fire(canvas);
  }

  /** Takes what somebody selected on a canvas. */
  select(canvas: CanvasPanel, selection: Selection): void {
    canvas.selection = selection;
    this.#selected.fire(canvas);
  }

  add(canvas: CanvasPanel): Disposable {
    this.#panels.add(canvas);
    this.viewStateChanged(canvas);
    const awaited = this.#awaited.get(canvas.document.key);
    if (awaited !== undefined) canvas.bridge.reveal(awaited);
    this.#awaited.delete(canvas.document.key);
    return { dispose: () => this.#panels.delete(canvas) };
  }

  /** The canvas of a graph that a person would mean: the active one, else one in view, else any. */
  find(key: string): CanvasPanel | undefined {
    const canvases = [...this.#panels].filter(({ document }) => document.key === key);
    return canvases.find(({ panel }) => panel.active) ?? canvases.find(({ panel }) => panel.visible) ?? canvases[0];
  }

  /** A canvas of a graph that is in view: one that is open, or a new one. */
  async open(uri: vscode.Uri): Promise<CanvasPanel> {
    await this.reveal(uri);
    const canvas = this.find(uri.toString());
    if (canvas === undefined) throw new Error("The canvas of a graph was not opened.");
    return canvas;
  }

  /** Brings a graph's canvas into view, opening one where there is none, and selects items on it. */
  async reveal(uri: vscode.Uri, selection?: Selection, preserveFocus = false): Promise<void> {
    const canvas = this.find(uri.toString());
    if (canvas === undefined) {
      if (selection !== undefined) this.#awaited.set(uri.toString(), selection);
      await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE, { preserveFocus });
      return;
    }
    canvas.panel.reveal(undefined, preserveFocus);
    if (selection !== undefined) canvas.bridge.reveal(selection);
  }
}

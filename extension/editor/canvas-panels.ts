import * as vscode from "vscode";
import type { Bridge, Selection } from "../bridge/bridge.js";
import type { Disposable } from "../dispose.js";
import type { GraphDocument } from "./graph-document.js";
import { VIEW_TYPE } from "./graph-uri.js";

/** One open canvas. */
export interface CanvasPanel {
  readonly document: GraphDocument;
  readonly panel: vscode.WebviewPanel;
  readonly bridge: Bridge;
  /** What is selected on it. */
  selection: Selection;
}

/** The open canvases, several of one document included. */
export class CanvasPanels {
  readonly #panels = new Set<CanvasPanel>();
  /** What to reveal on a canvas that is being opened. */
  readonly #awaited = new Map<string, Selection>();

  add(canvas: CanvasPanel): Disposable {
    this.#panels.add(canvas);
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

  /** Brings a graph's canvas into view, opening one where there is none, and selects items on it. */
  async reveal(uri: vscode.Uri, selection?: Selection): Promise<void> {
    const canvas = this.find(uri.toString());
    if (canvas === undefined) {
      if (selection !== undefined) this.#awaited.set(uri.toString(), selection);
      await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
      return;
    }
    canvas.panel.reveal(undefined, false);
    if (selection !== undefined) canvas.bridge.reveal(selection);
  }
}

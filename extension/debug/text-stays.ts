import * as vscode from "vscode";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DisposableStore, type Disposable } from "../dispose.js";
import { isGraphPath, VIEW_TYPE } from "../editor/graph-uri.js";
import { DEBUG_TYPE } from "./graph-configurations.js";

/** A text editor in which somebody debugs a graph. */
interface Text {
  readonly uri: vscode.Uri;
  readonly column: vscode.ViewColumn;
  /** Whether a canvas of the same graph was open in the same group before. */
  readonly besideCanvas: boolean;
}

/**
 * Brings the text of a graph back to who debugs it there. At each stop VS Code opens the document of the frame in its default editor: the
 * canvas, which is what is wanted anywhere else, but here it covers the text with its arrow and its values.
 */
export class TextStays implements vscode.DebugAdapterTrackerFactory, Disposable {
  readonly #held = new DisposableStore();
  /** The text that was active when the run stopped, until VS Code has opened what it opens, and that is undone. */
  #text: Text | undefined;
  /** How often VS Code is still to choose a frame. */
  #choices = 0;

  constructor() {
    this.#held.add(vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, this));
    this.#held.add(vscode.debug.onDidChangeActiveStackItem((item) => item instanceof vscode.DebugStackFrame && void this.#opened()));
  }

  createDebugAdapterTracker(): vscode.DebugAdapterTracker {
    return { onDidSendMessage: (message: DebugProtocol.ProtocolMessage) => this.#sent(message) };
  }

  dispose(): void {
    this.#held.dispose();
  }

  #sent(message: DebugProtocol.ProtocolMessage): void {
    const choice = choiceOf(message);
    if (choice === undefined) return;
    this.#text = activeText() ?? (choice === "again" ? this.#text : undefined);
    this.#choices = choice === "again" ? this.#choices + 1 : 1;
  }

  async #opened(): Promise<void> {
    this.#choices = Math.max(0, this.#choices - 1);
    if (this.#text !== undefined) await uncover(this.#text);
    if (this.#choices === 0) this.#text = undefined;
  }
}

/** Whether VS Code chooses a frame because of a message, and opens its document: of a new stop, or again. */
function choiceOf(message: DebugProtocol.ProtocolMessage): "new" | "again" | undefined {
  if (!("event" in message)) return undefined;
  const { event, body } = message as DebugProtocol.Event;
  if (event === "stopped") return "new";
  const { areas = [] } = (event === "invalidated" ? body : {}) as DebugProtocol.InvalidatedEvent["body"];
  return areas.includes("stacks") || areas.includes("all") ? "again" : undefined;
}

/** Brings a text back where a canvas of the same graph has been put over it. */
async function uncover({ uri, column, besideCanvas }: Text): Promise<void> {
  const { activeTabGroup } = vscode.window.tabGroups;
  const tab = activeTabGroup.activeTab;
  if (tab === undefined || activeTabGroup.viewColumn !== column || !isCanvasOf(tab, uri)) return;
  await vscode.window.showTextDocument(uri, { viewColumn: column, preview: false });
  if (!besideCanvas) await vscode.window.tabGroups.close(tab);
}

function activeText(): Text | undefined {
  const { activeTextEditor, tabGroups } = vscode.window;
  const { document, viewColumn: column } = activeTextEditor ?? {};
  if (document === undefined || column === undefined || !isGraphPath(document.uri.path)) return undefined;
  const tabs = tabGroups.all.find(({ viewColumn }) => viewColumn === column)?.tabs ?? [];
  return { uri: document.uri, column, besideCanvas: tabs.some((tab) => isCanvasOf(tab, document.uri)) };
}

function isCanvasOf({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputCustom && input.viewType === VIEW_TYPE && input.uri.toString() === uri.toString();
}

import * as vscode from "vscode";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { isGraphPath, VIEW_TYPE } from "../editor/graph-uri.js";

/** How late the canvas of another group takes the keyboard at most, in milliseconds; VS Code lets 50 pass before it hands it over. */
const LATE_FOCUS_MS = 500;

/** The text of a graph that somebody is in. */
export interface Text {
  readonly graph: string;
  readonly column: vscode.ViewColumn;
  /** The canvases that were open at the time. */
  readonly canvases: readonly Canvas[];
}

/** A tab with the canvas of a graph. */
interface Canvas {
  readonly tab: vscode.Tab;
  readonly column: vscode.ViewColumn;
  readonly uri: vscode.Uri;
}

/**
 * Where the canvas of a frame's graph has been opened: shows its text instead, where somebody was in the text, with the line of the frame in
 * view.
 */
export async function showText(text: Text, frame: DebugProtocol.StackFrame): Promise<void> {
  const opened = canvasesIn([vscode.window.tabGroups.activeTabGroup]).find(({ tab }) => tab.isActive);
  if (opened === undefined || opened.uri.toString() !== graphOf(frame)) return;
  const { uri, tab, column } = opened;
  const show = (): Thenable<vscode.TextEditor> => vscode.window.showTextDocument(uri, { viewColumn: text.column, preview: false });
  const editor = await show();
  const isNew = !text.canvases.some((canvas) => canvas.column === column && canvas.uri.toString() === uri.toString());
  if (isNew) await vscode.window.tabGroups.close(tab);
  const start = new vscode.Position(frame.line - 1, frame.column - 1); // with the cursor there, as where VS Code opens the text itself
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (column !== text.column && (await takesKeyboard(column))) await show();
}

/** Whether the keyboard goes to a column soon: a canvas that was open takes it a while after VS Code has shown it. */
function takesKeyboard(column: vscode.ViewColumn): Promise<boolean> {
  const { tabGroups } = vscode.window;
  return new Promise((settle) => {
    const listening = tabGroups.onDidChangeTabGroups(() => tabGroups.activeTabGroup.viewColumn === column && settle(true));
    setTimeout(() => {
      listening.dispose();
      settle(false);
    }, LATE_FOCUS_MS);
  });
}

/** The graph that a frame is of, as the address of its document. */
export function graphOf({ source }: DebugProtocol.StackFrame): string {
  return vscode.Uri.file(source?.path ?? "").toString();
}

/** The text that somebody is in, if it is of a graph. */
export function activeText(): Text | undefined {
  const { document, viewColumn: column } = vscode.window.activeTextEditor ?? {};
  if (document === undefined || column === undefined || !isGraphPath(document.uri.path)) return undefined;
  return { graph: document.uri.toString(), column, canvases: canvasesIn(vscode.window.tabGroups.all) };
}

function canvasesIn(groups: readonly vscode.TabGroup[]): Canvas[] {
  return groups.flatMap(({ tabs, viewColumn: column }) =>
    tabs.flatMap((tab) => {
      const { input } = tab;
      return input instanceof vscode.TabInputCustom && input.viewType === VIEW_TYPE ? [{ tab, column, uri: input.uri }] : [];
    }),
  );
}

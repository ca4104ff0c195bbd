import type * as vscode from "vscode";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { ViewportView } from "../../webview/protocol/places.js";
import type { GraphView } from "../../webview/protocol/views.js";
import type { CommandCall } from "../bridge/bridge.js";
import type { Event } from "../emitter.js";

/** A canvas as one side of a comparison. */
export interface DiffCanvas {
  readonly uri: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  text(): string;
  graph(): GraphView;
  /** The text has changed. */
  readonly onDidChange: Event<void>;
  /** Shows the part of the canvas that the other side shows. */
  follow(viewport: ViewportView): void;
  /** What it shows of the comparison has changed. */
  changed(): void;
}

/** What a canvas has done to the comparison. */
export type DiffCall = Extract<CommandCall, { readonly name: "diff/set" | "diff/text" | "view/moved" }>;

/** What a canvas asks of the comparison that it may be part of. */
export interface DiffSeat {
  /** Undefined while it stands beside no other. */
  view(): DiffView | undefined;
  readonly onDidChange: Event<void>;
  command(call: DiffCall): Promise<void>;
}

import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import type { ToWebview } from "../../webview/protocol/messages.js";
import { Bridge, type BridgePanel, type Selection } from "../bridge/bridge.js";
import { Outbox } from "../bridge/outbox.js";
import type { GraphBreakpoints } from "../debug/breakpoints/graph-breakpoints.js";
import type { ShownFrame } from "../debug/shown-frame.js";
import { DisposableStore } from "../dispose.js";
import type { ErrorReporter } from "../error-reporter.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { CanvasHost } from "./canvas-host.js";
import type { CanvasPanel, CanvasPanels } from "./canvas-panels.js";
import type { GraphDocuments } from "./graph-documents.js";
import type { GraphEdits } from "./graph-edits.js";
import { webviewHtml } from "./webview-html.js";

/** What canvases are made with. */
export interface CanvasServices {
  readonly extensionUri: vscode.Uri;
  readonly clock: Clock;
  readonly documents: GraphDocuments;
  readonly sessions: GraphSessions;
  readonly panels: CanvasPanels;
  readonly edits: GraphEdits;
  readonly breakpoints: GraphBreakpoints;
  readonly shown: ShownFrame;
  readonly reporter: ErrorReporter;
}

/** Opens graph documents on a canvas. */
export class GraphEditorProvider implements vscode.CustomTextEditorProvider {
  readonly #services: CanvasServices;

  constructor(services: CanvasServices) {
    this.#services = services;
  }

  resolveCustomTextEditor(text: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const { clock, documents, sessions, panels, edits, breakpoints, shown, reporter } = this.#services;
    const held = new DisposableStore();
    panel.onDidDispose(() => held.dispose());
    const { document } = held.add(documents.open(text));
    const session = sessions.get(text.uri);
    if (session === undefined) throw new Error("A graph document has been opened without a session.");
    const onDidSelect = (selection: Selection): void => void (canvas.selection = selection);
    const host = held.add(new CanvasHost({ document, session, edits, breakpoints, shown, reporter, panel, onDidSelect }));
    const bridge = held.add(new Bridge(wireOf(panel), host, clock));
    const canvas: CanvasPanel = { document, panel, bridge, selection: { nodes: [], edges: [] } };
    held.add(panels.add(canvas));
    held.add(panel.onDidChangeViewState(() => panel.visible || bridge.hidden()));
    this.#fill(panel.webview, document.name);
    session.watch();
  }

  #fill(webview: vscode.Webview, title: string): void {
    const folder = vscode.Uri.joinPath(this.#services.extensionUri, "dist", "webview");
    const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = webviewHtml({
      cspSource: webview.cspSource,
      script: asset("main.js"),
      style: asset("main.css"),
      language: vscode.env.language,
      title,
    });
  }
}

function wireOf(panel: vscode.WebviewPanel): BridgePanel {
  // A post to a webview that has just gone is lost, as is one to a hidden webview: loading repairs both.
  const outbox = new Outbox<ToWebview>((messages) => void panel.webview.postMessage(messages).then(undefined, () => undefined));
  return {
    post: (message) => outbox.post(message),
    onMessage: (listener) => panel.webview.onDidReceiveMessage(listener),
  };
}

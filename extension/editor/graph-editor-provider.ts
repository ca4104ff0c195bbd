import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import type { ToWebview } from "../../webview/protocol/messages.js";
import { Bridge, type BridgeHost, type BridgePanel } from "../bridge/bridge.js";
import { Outbox } from "../bridge/outbox.js";
import type { DiffCanvas, DiffSeat } from "../diff/diff-canvas.js";
import type { DiffPairs } from "../diff/diff-pairs.js";
import { isPast } from "../diff/revision.js";
import { RevisionHost } from "../diff/revision-host.js";
import type { GraphBreakpoints } from "../debug/breakpoints/graph-breakpoints.js";
import type { ShownFrame } from "../debug/shown-frame.js";
import { DisposableStore } from "../dispose.js";
import type { ErrorReporter } from "../error-reporter.js";
import type { PaletteSource } from "../palette/palette-source.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import type { InnerRuns } from "../run/inner-runs.js";
import type { Ways } from "../places/ways.js";
import { CanvasHost, type CanvasEvents } from "./canvas-host.js";
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
  readonly pairs: DiffPairs;
  readonly edits: GraphEdits;
  readonly breakpoints: GraphBreakpoints;
  readonly shown: ShownFrame;
  readonly palette: PaletteSource;
  readonly ways: Ways;
  readonly innerRuns: InnerRuns;
  readonly reporter: ErrorReporter;
}

/** What stands behind a canvas that can be compared. */
type Compared = Pick<BridgeHost, "graph"> & { sit(seat: DiffSeat): void };

/** Opens graph documents on a canvas. */
export class GraphEditorProvider implements vscode.CustomTextEditorProvider {
  readonly #services: CanvasServices;

  constructor(services: CanvasServices) {
    this.#services = services;
  }

  resolveCustomTextEditor(text: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    if (isPast(text.uri)) this.#showRevision(text, panel);
    else this.#showGraph(text, panel);
  }

  #showGraph(text: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const { documents, sessions, panels, edits, breakpoints, shown, palette, ways, innerRuns, reporter } = this.#services;
    const held = heldBy(panel);
    const { document } = held.add(documents.open(text));
    const session = sessions.get(text.uri);
    if (session === undefined) throw new Error("A graph document has been opened without a session.");
    const view: CanvasEvents = {
      onDidSelect: (selection) => panels.select(canvas, selection),
      onDidMove: (viewport) => void (canvas.viewport = viewport),
      onDidLeave: (place) => panels.leave(canvas, place),
    };
    const host = held.add(
      new CanvasHost({ document, session, edits, breakpoints, shown, palette, ways, innerRuns, reporter, panel, ...view }),
    );
    const bridge = this.#connect(held, panel, host);
    const canvas: CanvasPanel = { document, panel, bridge, selection: { nodes: [], edges: [] }, viewport: null };
    held.add(panels.add(canvas));
    held.add(panel.onDidChangeViewState(() => panels.viewStateChanged(canvas)));
    this.#seat(held, { uri: text.uri, panel, text: () => document.parsed.text, onDidChange: document.onDidChange }, host, bridge);
    this.#fill(panel.webview, document.name);
    session.watch();
  }

  /** A graph that was, in VS Code's diff editor or alone: neither compiled nor run. */
  #showRevision(text: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const held = heldBy(panel);
    const host = held.add(new RevisionHost(text, this.#services.reporter));
    const bridge = this.#connect(held, panel, host);
    this.#seat(held, { uri: text.uri, panel, text: () => text.getText(), onDidChange: host.onDidChangeText }, host, bridge);
    this.#fill(panel.webview, host.graph().title);
  }

  #connect(held: DisposableStore, panel: vscode.WebviewPanel, host: BridgeHost): Bridge {
    const bridge = held.add(new Bridge(wireOf(panel, held), host, this.#services.clock));
    held.add(panel.onDidChangeViewState(() => panel.visible || bridge.hidden()));
    return bridge;
  }

  /** Lets a canvas take part in comparisons. */
  #seat(held: DisposableStore, canvas: Omit<DiffCanvas, "graph" | "follow" | "changed">, host: Compared, bridge: Bridge): void {
    const seat = this.#services.pairs.add({ ...canvas, graph: () => host.graph(), follow: (viewport) => bridge.follow(viewport) });
    host.sit(held.add(seat));
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
      minimap: vscode.workspace.getConfiguration("patchbay").get("canvas.minimap", "auto"),
    });
  }
}

/** Lives as long as a panel. */
function heldBy(panel: vscode.WebviewPanel): DisposableStore {
  const held = new DisposableStore();
  panel.onDidDispose(() => held.dispose());
  return held;
}

function wireOf(panel: vscode.WebviewPanel, held: DisposableStore): BridgePanel {
  // A post to a webview that has just gone is lost, as is one to a hidden webview: loading repairs both.
  const outbox = new Outbox<ToWebview>((messages) => {
    if (!held.disposed) void panel.webview.postMessage(messages).then(undefined, () => undefined); // of a closed panel VS Code throws
  });
  return {
    post: (message) => outbox.post(message),
    onMessage: (listener) => panel.webview.onDidReceiveMessage(listener),
  };
}

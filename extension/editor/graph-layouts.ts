// Layouts of graphs that are open.
//
// 1. A layout is made off the extension host, on the document as it is when it is asked for; the document can be edited meanwhile.
// 2. It is put into the document as it is then: of nodes that are there still, where nobody has moved them since.
// 3. One layout at a time for a document: a newer one takes the place of one that is under way.
import * as vscode from "vscode";
import { documentLayout, layoutIntents, type LayoutScope } from "../../runtime/layout/document-layout.js";
import type { Orientation } from "../../runtime/model/orientation.js";
import { layOutInThread } from "../../runtime/platform/layout-thread/lay-out-in-thread.js";
import type { Clock } from "../../runtime/ports.js";
import type { Disposable } from "../dispose.js";
import type { GraphDocument } from "./graph-document.js";
import type { GraphEdits } from "./graph-edits.js";

/** What is done sooner than this needs no progress shown. */
const QUIET_MS = 500;

/** What came of a layout. `nothing`: no node is without a place, or everything stands where it would be put. */
export type LayoutOutcome = "placed" | "nothing" | "cancelled" | { readonly refused: string };

/** Lays out graphs, in a thread for each. */
export class GraphLayouts implements Disposable {
  readonly #entry: string;
  readonly #edits: GraphEdits;
  readonly #clock: Clock;
  readonly #orientation: () => Orientation;
  readonly #underWay = new Map<GraphDocument, AbortController>();

  /** `entry`: path of the thread's program. */
  constructor(entry: string, edits: GraphEdits, clock: Clock, orientation: () => Orientation) {
    this.#entry = entry;
    this.#edits = edits;
    this.#clock = clock;
    this.#orientation = orientation;
  }

  /** As one step of undo. Rejects where the graph cannot be laid out. */
  async layOut(document: GraphDocument, scope: LayoutScope): Promise<LayoutOutcome> {
    const wanted = documentLayout(document.parsed, scope, this.#orientation());
    if (wanted === undefined) return "nothing";
    const abort = this.#begin(document); // invariant 3
    try {
      const places = await this.#shown(document.name, abort, layOutInThread(this.#entry, wanted.request, abort.signal)); // invariant 1
      if (places === undefined || abort.signal.aborted) return "cancelled";
      let count = 0;
      const reply = await this.#edits.applyMaking(document, (parsed) => {
        const intents = layoutIntents(parsed, wanted, places); // invariant 2
        count = intents.length;
        return { ok: true, intents };
      });
      if (!reply.ok) return { refused: reply.message };
      return count === 0 ? "nothing" : "placed";
    } finally {
      if (this.#underWay.get(document) === abort) this.#underWay.delete(document);
    }
  }

  dispose(): void {
    for (const abort of this.#underWay.values()) abort.abort();
  }

  #begin(document: GraphDocument): AbortController {
    this.#underWay.get(document)?.abort();
    const abort = new AbortController();
    this.#underWay.set(document, abort);
    return abort;
  }

  /** Shows work that takes a while, with a button that ends it. */
  async #shown<Result>(name: string, abort: AbortController, work: Promise<Result>): Promise<Result> {
    const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Laying out {0}", name), cancellable: true };
    const show = (): void =>
      void vscode.window.withProgress(options, (_progress, token) => {
        const asked = token.onCancellationRequested(() => abort.abort());
        return work.then(
          () => asked.dispose(),
          () => asked.dispose(),
        );
      });
    const quiet = this.#clock.after(QUIET_MS, show);
    return work.finally(quiet);
  }
}

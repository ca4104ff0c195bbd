import type { BridgeHost, CommandCall, ViewPart } from "../../../extension/bridge/bridge.js";
import { noRun } from "../../../extension/bridge/project-run.js";
import { Emitter } from "../../../extension/emitter.js";
import type { RequestParams, RequestResult } from "../../../webview/protocol/messages.js";
import type { BlameView } from "../../../webview/protocol/blame.js";
import type { LookAnswer } from "../../../webview/protocol/looks.js";
import type { WayView } from "../../../webview/protocol/places.js";
import type { DebugView } from "../../../webview/protocol/debug.js";
import type { PaletteView, PlacedFiles } from "../../../webview/protocol/palette.js";
import type { ToldView } from "../../../webview/protocol/told.js";
import type { CompileView, GraphView, RunView } from "../../../webview/protocol/views.js";

/** Something behind a canvas that keeps what it is asked. */
export class FakeHost implements BridgeHost {
  readonly commands: CommandCall[] = [];
  readonly failures: string[] = [];
  readonly changed = new Emitter<ViewPart>();
  readonly onDidChange = this.changed.event;
  /** Answers edits; replaced by tests that need another answer. */
  answer: (params: RequestParams<"graph/edit">) => Promise<RequestResult<"graph/edit">> = ({ revision }) =>
    Promise.resolve({ ok: true, revision: revision + 1 });
  sequence = 0;

  graph(): GraphView {
    const terminals = { start: [0, 0] as [number, number], end: [0, 0] as [number, number] };
    return {
      revision: 1,
      title: "",
      readOnly: false,
      trusted: true,
      channels: [],
      nodes: [],
      edges: [],
      notes: [],
      groups: [],
      problems: [],
      terminals,
    };
  }

  run(): RunView {
    return noRun(this.sequence);
  }

  compile(): CompileView {
    return { plan: "", stale: false, backlog: 0 };
  }

  debug(): DebugView {
    return { nodes: {}, edges: {} };
  }

  told(): ToldView {
    return { tails: {} };
  }

  way(): WayView {
    return { crumbs: [], here: "one", callers: 0 };
  }

  diff(): undefined {
    return undefined;
  }

  blame(): BlameView {
    return { checkpoint: "c", writers: { note: { text: "send, superstep 3", details: "" } } };
  }

  edit(params: RequestParams<"graph/edit">): Promise<RequestResult<"graph/edit">> {
    return this.answer(params);
  }

  look(): LookAnswer {
    return { problems: [], reads: [] };
  }

  palette(): Promise<PaletteView> {
    return Promise.resolve({ handlers: [], graphs: [], snippets: [], recent: [], faults: [] });
  }

  place({ uris }: RequestParams<"files/place">): PlacedFiles {
    return { files: [], refused: [...uris] };
  }

  command(call: CommandCall): void {
    this.commands.push(call);
  }

  failed(message: string): void {
    this.failures.push(message);
  }
}

import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { NodeId } from "../../runtime/model/ids.js";
import type { GraphDebugSession } from "./adapter/adapter.js";

/** The stack frame that VS Code shows of graphs that are debugged: whoever selects another one looks elsewhere. */
export class ShownFrame implements Disposable {
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter());
  /** By id of VS Code's session. */
  readonly #adapters = new Map<string, GraphDebugSession>();
  #nodes: () => ReadonlyMap<string, NodeId> = () => new Map();

  /** Another frame is shown, or none. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#held.add(vscode.debug.onDidChangeActiveStackItem((item) => this.#show(item)));
    this.#held.add(
      vscode.debug.onDidTerminateDebugSession(({ id }) => {
        if (this.#adapters.delete(id)) this.#show(vscode.debug.activeStackItem);
      }),
    );
  }

  /** A session is answered by this adapter. */
  follow(session: vscode.DebugSession, adapter: GraphDebugSession): void {
    this.#adapters.set(session.id, adapter);
  }

  /** Has VS Code ask once more where a session stands. */
  lookAgain({ id }: vscode.DebugSession): void {
    this.#adapters.get(id)?.lookAgain();
  }

  /** The node of a graph that is shown: of the frame, or of one around it. Undefined while the run moves. */
  nodeIn(key: string): NodeId | undefined {
    return this.#nodes().get(key);
  }

  dispose(): void {
    this.#held.dispose();
  }

  #show(item: vscode.DebugThread | vscode.DebugStackFrame | undefined): void {
    const adapter = item === undefined ? undefined : this.#adapters.get(item.session.id);
    const frame = item instanceof vscode.DebugStackFrame ? item.frameId : undefined;
    const moves = adapter?.moves;
    const levels = adapter === undefined || frame === undefined ? [] : adapter.nodesAt(frame);
    const nodes = new Map(levels.toReversed().map(({ graph, node }) => [vscode.Uri.file(graph).toString(), node])); // the innermost counts
    this.#nodes = () => (adapter !== undefined && adapter.moves === moves ? nodes : new Map());
    this.#changed.fire();
  }
}

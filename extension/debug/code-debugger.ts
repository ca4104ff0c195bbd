import * as vscode from "vscode";
import type { NodeId } from "../../runtime/model/ids.js";
import type { HandlerInspection } from "../../runtime/ports.js";
import type { RunSession } from "../../runtime/run/session.js";
import type { GraphSession } from "../run/graph-session.js";
import type { CodeDebugger } from "./adapter/target.js";

/** What stands between a person and their code: the program that calls it, and what the engine brings. */
const SKIPPED = ["<node_internals>/**", "**/handler-process.mjs"];

/** VS Code's debugger of JavaScript on the handlers of a graph, beside the session on the graph itself. */
export class HandlerDebugger implements CodeDebugger {
  readonly #session: GraphSession;
  readonly #parent: vscode.DebugSession;

  constructor(session: GraphSession, parent: vscode.DebugSession) {
    this.#session = session;
    this.#parent = parent;
  }

  inspect(run: RunSession, node: NodeId, inspection: HandlerInspection): (() => void) | undefined {
    return this.#session.inspect(run.id, node, inspection);
  }

  async attach(name: string, websocketAddress: string): Promise<boolean> {
    const configuration = {
      type: "pwa-node",
      request: "attach",
      name,
      websocketAddress,
      continueOnAttach: true,
      autoAttachChildProcesses: false,
      skipFiles: SKIPPED,
      internalConsoleOptions: "neverOpen",
    } as const;
    try {
      return await vscode.debug.startDebugging(this.#parent.workspaceFolder, configuration, {
        parentSession: this.#parent,
        suppressSaveBeforeStart: true,
      });
    } catch {
      return false; // VS Code has said why
    }
  }
}

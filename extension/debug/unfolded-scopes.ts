import * as vscode from "vscode";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Disposable } from "../dispose.js";
import { DEBUG_TYPE } from "./graph-configurations.js";

/**
 * Has VS Code look at the first stop of a window twice. It opens its debug views at that stop, when it has chosen the frame already, and
 * unfolds the channels only of frames that are chosen while the views are there.
 */
export class UnfoldedScopes implements vscode.DebugAdapterTrackerFactory, Disposable {
  readonly #lookAgain: (session: vscode.DebugSession) => void;
  readonly #registration: vscode.Disposable;
  #done = false;

  /** `lookAgain`: has the debugger ask once more where a session stands. */
  constructor(lookAgain: (session: vscode.DebugSession) => void) {
    this.#lookAgain = lookAgain;
    this.#registration = vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, this);
  }

  createDebugAdapterTracker(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    if (this.#done) return undefined;
    return { onDidSendMessage: (message: DebugProtocol.ProtocolMessage) => this.#sent(session, message) };
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** The scopes of a frame are asked for when the views are there. */
  #sent(session: vscode.DebugSession, message: DebugProtocol.ProtocolMessage): void {
    if (this.#done || !("command" in message) || message.command !== "scopes") return;
    this.#done = true;
    this.#lookAgain(session);
  }
}

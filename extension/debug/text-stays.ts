import * as vscode from "vscode";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DisposableStore, type Disposable } from "../dispose.js";
import { DEBUG_TYPE } from "./graph-configurations.js";
import { activeText, graphOf, showText, type Text } from "./shown-text.js";

/**
 * Keeps who debugs in the text there. At each stop VS Code opens the document of the frame in its default editor: the canvas, which is what
 * is wanted anywhere else, but here it covers the text with its arrow and its values. The text of that graph, be it the same or a subgraph
 * that was stepped into, is brought back with the line of the frame in view.
 */
export class TextStays implements vscode.DebugAdapterTrackerFactory, Disposable {
  readonly #held = new DisposableStore();
  /** By id of VS Code's session. */
  readonly #sessions = new Map<string, Stops>();

  constructor() {
    this.#held.add(vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, this));
    this.#held.add(vscode.debug.onDidTerminateDebugSession(({ id }) => this.#sessions.delete(id)));
    this.#held.add(
      vscode.debug.onDidChangeActiveStackItem((item) => {
        if (item instanceof vscode.DebugStackFrame) void this.#sessions.get(item.session.id)?.opened(item.frameId);
      }),
    );
  }

  createDebugAdapterTracker({ id }: vscode.DebugSession): vscode.DebugAdapterTracker {
    const stops = new Stops();
    this.#sessions.set(id, stops);
    return { onDidSendMessage: (message: DebugProtocol.ProtocolMessage) => stops.sent(message) };
  }

  dispose(): void {
    this.#held.dispose();
  }
}

/** The stops of one session, as VS Code is told of them. */
class Stops {
  /** The text that was active when the run stopped, until VS Code has opened what it opens, and that is undone. */
  #text: Text | undefined;
  /** How often VS Code is still to choose a frame. */
  #choices = 0;
  #frames = new Map<number, DebugProtocol.StackFrame>();
  /** The graphs of the frames of the stop before. */
  #left: ReadonlySet<string> = new Set();

  sent(message: DebugProtocol.ProtocolMessage): void {
    for (const frame of framesIn(message)) this.#frames.set(frame.id, frame);
    const choice = choiceOf(message);
    if (choice === undefined) return;
    this.#text = activeText() ?? (choice === "again" ? this.#text : undefined);
    this.#choices = choice === "again" ? this.#choices + 1 : 1;
    if (choice === "again") return;
    this.#left = this.#graphs;
    this.#frames = new Map();
  }

  /** VS Code has opened the document of a frame. */
  async opened(id: number): Promise<void> {
    const frame = this.#frames.get(id);
    const text = this.#text;
    this.#choices = Math.max(0, this.#choices - 1);
    if (this.#choices === 0) this.#text = undefined;
    if (frame === undefined || text === undefined || !(this.#graphs.has(text.graph) || this.#left.has(text.graph))) return;
    await showText(text, frame);
  }

  get #graphs(): ReadonlySet<string> {
    return new Set([...this.#frames.values()].map(graphOf));
  }
}

function framesIn(message: DebugProtocol.ProtocolMessage): readonly DebugProtocol.StackFrame[] {
  const { command, body } = message as Partial<DebugProtocol.StackTraceResponse>;
  return command === "stackTrace" ? (body?.stackFrames ?? []) : [];
}

/** Whether VS Code chooses a frame because of a message, and opens its document: of a new stop, or again. */
function choiceOf(message: DebugProtocol.ProtocolMessage): "new" | "again" | undefined {
  if (!("event" in message)) return undefined;
  const { event, body } = message as DebugProtocol.Event;
  if (event === "stopped") return "new";
  const { areas = [] } = (event === "invalidated" ? body : {}) as DebugProtocol.InvalidatedEvent["body"];
  return areas.includes("stacks") || areas.includes("all") ? "again" : undefined;
}

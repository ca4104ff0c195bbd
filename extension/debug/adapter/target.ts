import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";
import type { ReplayTerms } from "../../../runtime/checkpoint/checkpoint.js";
import type { NodeId } from "../../../runtime/model/ids.js";
import type { JsonObject } from "../../../runtime/model/json.js";
import type { HandlerInspection } from "../../../runtime/ports.js";
import type { RunSession } from "../../../runtime/run/session.js";
import type { Position } from "./places.js";
import type { EntryPlace } from "./text-places.js";

/** A graph's document, as the debugger needs it. */
export interface GraphFile {
  /** Absolute path, or the text of a URI for what is no file: names it apart from all others. */
  readonly path: string;
  /** File name. */
  readonly name: string;
  readonly parsed: ParsedDocument;
}

/** How a run begins. */
export interface RunStart {
  readonly input: JsonObject;
  /** Folder of the store that keeps it, or `memory`; absent: that of the graph. */
  readonly store?: string;
  /** Which recorded results count after going back; absent: as for other runs of the graph. */
  readonly replay?: ReplayTerms;
}

/** Looks into handlers with a debugger of JavaScript. */
export interface CodeDebugger {
  /**
   * Has the next call of a node's handler stop on its first line; the returned function takes that back, where no call has come. Undefined
   * where the handlers of that run cannot be looked into.
   */
  inspect(run: RunSession, node: NodeId, inspection: HandlerInspection): (() => void) | undefined;
  /** Starts a session of that debugger beside this one, attached to the inspector at a WebSocket; whether it has. Never rejects. */
  attach(name: string, address: string): Promise<boolean>;
}

/** The run that is debugged, and the graphs that it goes through. */
export interface DebugTarget {
  /** The run; undefined before one has begun. */
  readonly run: RunSession | undefined;
  /** Makes a new run, which stands before its first superstep. Rejects with `INPUT_INVALID`, `PLAN_INVALID`, `UNTRUSTED`, `RUN_BUSY`. */
  begin(start: RunStart): Promise<void>;
  /**
   * Shows a stored run where it stands, or at a checkpoint; where neither is named, what is shown stays. Throws `RUN_FINISHED` where there is no
   * run, `NOT_FOUND`, and as `begin` does.
   */
  attach(to: { readonly run?: string; readonly checkpoint?: string }): void;
  /** The document of the run's graph, or of one inside it, by the paths that lead there; undefined where it cannot be had. */
  graph(within: readonly string[]): GraphFile | undefined;
  /** The document at a path; undefined where it is none of a graph. */
  graphAt(path: string): GraphFile | undefined;
  /** What a breakpoint of a document belongs to, whatever is written at its position now; undefined where the text alone says so. */
  placeAt?(path: string, position: Position): EntryPlace | undefined;
  /** Hears that somebody chose when the breakpoint at a position of a document stops. */
  chosen?(path: string, position: Position, place: EntryPlace): void;
  /** Absent: nobody looks into handlers, and who steps into one steps over it. */
  readonly code?: CodeDebugger;
  /** Calls back when the run, its place, its plan or a document has changed; the returned function ends that. */
  onDidChange(listener: () => void): () => void;
}

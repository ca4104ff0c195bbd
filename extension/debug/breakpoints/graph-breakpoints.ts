// The breakpoints of graphs: VS Code's own list, seen by node and edge.
//
// 1. VS Code's list is the only one. What is kept here beside it is which node or edge each of them belongs to.
// 2. A text that is broken moves nothing: what is written where is not known then.
import * as v from "valibot";
import * as vscode from "vscode";
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";
import type { Clock } from "../../../runtime/ports.js";
import { Coalescer } from "../../coalescer.js";
import { DisposableStore, type Disposable } from "../../dispose.js";
import type { GraphDocument } from "../../editor/graph-document.js";
import type { GraphDocuments } from "../../editor/graph-documents.js";
import { Emitter } from "../../emitter.js";
import { MemoryWriter, type Memory } from "../../run/memory.js";
import type { Position } from "../adapter/places.js";
import { samePlace, TextPlaces, type EntryPlace } from "../adapter/text-places.js";
import { Anchors, positionKey } from "./anchors.js";
import type { GraphBreakpoint } from "./graph-breakpoint.js";
import { graphBreakpoint, graphKeyOf, isSource, markerOf } from "./source-breakpoints.js";

/** A text is edited in bursts, and VS Code moves what it can by itself first. */
const SETTLE_MS = 100;
const SAVE_AFTER_MS = 200;

const entryPlace = v.union([
  v.object({ at: v.picklist(["before", "after"]), node: v.string() }),
  v.object({ at: v.picklist(["taken", "tested"]), edge: v.string() }),
]);
const stored = v.array(v.tuple([v.string(), entryPlace]));

/** Where and on what terms a breakpoint stops. */
export type Terms = Omit<GraphBreakpoint, "id">;

/** An open graph whose text is followed. */
interface Followed extends Disposable {
  readonly document: GraphDocument;
  readonly settling: Coalescer;
  /** The text that its breakpoints stand in. */
  settled: ParsedDocument | undefined;
}

/** The breakpoints of all graphs. */
export class GraphBreakpoints implements Disposable {
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter<string>());
  readonly #memory: MemoryWriter<typeof stored>;
  readonly #anchors: Anchors;
  readonly #followed = new Map<string, Followed>();
  /** Ids of the breakpoints of a graph, by their positions. */
  readonly #ids = new Map<string, ReadonlyMap<string, string>>();

  /** The breakpoints of the graph with this key are others, or have other terms. */
  readonly onDidChange = this.#changed.event;

  constructor(documents: Pick<GraphDocuments, "onDidOpen" | "onDidClose">, memory: Memory, clock: Clock) {
    const value = (): v.InferOutput<typeof stored> => this.#toStore();
    const entry = { key: "patchbay.breakpoints", schema: stored, delayMs: SAVE_AFTER_MS, value };
    this.#memory = this.#held.add(new MemoryWriter(memory, clock, entry));
    this.#anchors = new Anchors(this.#memory.read());
    this.#held.add(vscode.debug.onDidChangeBreakpoints((change) => this.#listChanged(change)));
    this.#held.add(documents.onDidOpen((document) => this.#follow(document, clock)));
    this.#held.add(documents.onDidClose(({ key }) => this.#leave(key)));
    this.#held.defer(() => [...this.#followed.keys()].forEach((key) => this.#leave(key)));
  }

  /** Those of a graph, as far as it is known what they belong to. */
  of(key: string): readonly GraphBreakpoint[] {
    return listed(key).flatMap((breakpoint) => {
      const place = this.#anchors.get(breakpoint.id);
      return place === undefined ? [] : [graphBreakpoint(breakpoint, place)];
    });
  }

  /** What the breakpoint at a position of a graph's text belongs to, wherever that is written now; undefined where that is not known. */
  placeAt(key: string, position: Position): EntryPlace | undefined {
    const id = this.#idAt(key, position);
    return id === undefined ? undefined : this.#anchors.get(id);
  }

  /** Somebody has chosen in the editor when the breakpoint at a position stops: its position says so from now on. */
  chosen(key: string, position: Position, place: EntryPlace): void {
    const id = this.#idAt(key, position);
    const before = id === undefined ? undefined : this.#anchors.get(id);
    if (id === undefined || (before !== undefined && samePlace(before, place))) return;
    this.#anchors.set(id, place);
    this.#memory.changed();
    this.#followed.get(key)?.settling.request();
    this.#changed.fire(key);
  }

  /** Sets a breakpoint, in place of the one that is there. */
  set({ uri, key, parsed }: Pick<GraphDocument, "uri" | "key" | "parsed">, terms: Terms): void {
    const at = TextPlaces.of(parsed).positionOf(terms.place);
    if (at === undefined) return;
    this.remove(key, terms.place);
    vscode.debug.addBreakpoints([this.#made(uri, at, terms)]);
  }

  /** Removes what is set at a place. */
  remove(key: string, place: EntryPlace): void {
    const ids = new Set(this.of(key).flatMap((each) => (samePlace(each.place, place) ? [each.id] : [])));
    if (ids.size > 0) vscode.debug.removeBreakpoints(listed(key).filter(({ id }) => ids.has(id)));
  }

  dispose(): void {
    this.#held.dispose();
  }

  /** A debugger asks for one after the other: they are looked through once. */
  #idAt(key: string, position: Position): string | undefined {
    const ids =
      this.#ids.get(key) ??
      new Map(
        listed(key)
          .map(markerOf)
          .map((marker) => [positionKey(marker), marker.id]),
      );
    this.#ids.set(key, ids);
    return ids.get(positionKey(position));
  }

  #follow(document: GraphDocument, clock: Clock): void {
    const held = new DisposableStore();
    const settling = held.add(new Coalescer(clock, SETTLE_MS, () => this.#settle(followed), SETTLE_MS));
    const followed: Followed = { document, settling, settled: undefined, dispose: () => held.dispose() };
    this.#followed.set(document.key, followed);
    held.add(document.onDidChange(() => settling.request()));
    this.#settle(followed);
  }

  #leave(key: string): void {
    this.#followed.get(key)?.dispose();
    this.#followed.delete(key);
  }

  #listChanged({ added, removed, changed }: vscode.BreakpointsChangeEvent): void {
    for (const { id } of removed) this.#anchors.forget(id);
    this.#ids.clear();
    const keys = new Set([...added, ...removed, ...changed].flatMap((each) => graphKeyOf(each) ?? []));
    for (const key of keys) {
      const followed = this.#followed.get(key);
      if (followed !== undefined) this.#learn(followed);
      followed?.settling.request();
      this.#changed.fire(key);
    }
    if (keys.size > 0) this.#memory.changed();
  }

  #learn({ document: { key, parsed } }: Followed): boolean {
    const news = listed(key).filter(({ id }) => this.#anchors.get(id) === undefined);
    if (news.length > 0) this.#anchors.learn(TextPlaces.of(parsed), news.map(markerOf));
    return news.length > 0;
  }

  /** Puts the breakpoints of a graph where they belong. */
  #settle(followed: Followed): void {
    const { key, uri, parsed } = followed.document;
    if (parsed.problems.some(({ code }) => code === "JSON_SYNTAX")) return; // invariant 2
    const before = followed.settled;
    followed.settled = parsed;
    const all = listed(key);
    if (all.length === 0) return;
    const learned = this.#learn(followed);
    const moves = new Map(this.#anchors.moves(before, TextPlaces.of(parsed), all.map(markerOf)).map(({ id, to }) => [id, to]));
    if (moves.size > 0) this.#move(uri, all, moves);
    if (learned) this.#memory.changed();
    this.#changed.fire(key); // an id that was edited may have taken its breakpoint along
  }

  /** VS Code has no way to move a breakpoint: it is set anew. */
  #move(uri: vscode.Uri, all: readonly vscode.SourceBreakpoint[], moves: ReadonlyMap<string, Position | undefined>): void {
    const moving = all.filter(({ id }) => moves.has(id));
    const moved = moving.flatMap((breakpoint) => {
      const [place, to] = [this.#anchors.get(breakpoint.id), moves.get(breakpoint.id)];
      return place === undefined || to === undefined ? [] : [this.#made(uri, to, graphBreakpoint(breakpoint, place))];
    });
    vscode.debug.removeBreakpoints(moving);
    if (moved.length > 0) vscode.debug.addBreakpoints(moved);
  }

  #made(uri: vscode.Uri, at: Position, { place, enabled, condition, hits, log }: Terms): vscode.SourceBreakpoint {
    const location = new vscode.Location(uri, new vscode.Position(at.line, at.column));
    const breakpoint = new vscode.SourceBreakpoint(location, enabled, condition, hits, log);
    this.#anchors.set(breakpoint.id, place);
    return breakpoint;
  }

  /** Of breakpoints that VS Code has. */
  #toStore(): v.InferOutput<typeof stored> {
    const ids = new Set(vscode.debug.breakpoints.map(({ id }) => id));
    return [...this.#anchors.all].filter(([id]) => ids.has(id)).map(([id, place]) => [id, place]);
  }
}

function listed(key: string): readonly vscode.SourceBreakpoint[] {
  return vscode.debug.breakpoints.filter(isSource).filter(({ location }) => location.uri.toString() === key);
}

import { join } from "node:path";
import * as vscode from "vscode";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { Clock } from "../../runtime/ports.js";
import { projectBreakpoints } from "../bridge/project-debug.js";
import { projectNodes } from "../bridge/project-nodes.js";
import type { GraphBreakpoints } from "../debug/breakpoints/graph-breakpoints.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { CanvasPanel, CanvasPanels } from "../editor/canvas-panels.js";
import type { GraphDocument } from "../editor/graph-document.js";
import type { GraphDocuments } from "../editor/graph-documents.js";
import type { Look } from "../places/callers.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { LiveTree, type TreeSource } from "./live-tree.js";
import { OutlineFacts } from "./outline-facts.js";
import { outlineItem, type OutlineRow } from "./outline-items.js";
import { edgeKey, nodeKey, outlineOf, type OutlineEntry, type OutlineTree } from "./outline-tree.js";

/** What the outline is made of. */
export interface OutlineServices {
  readonly active: ActiveGraph;
  readonly sessions: GraphSessions;
  readonly documents: GraphDocuments;
  readonly breakpoints: GraphBreakpoints;
  readonly panels: CanvasPanels;
  readonly clock: Clock;
  readonly look: Look;
}

/** The graph that is shown, and its rows by id: VS Code knows them by identity. */
interface Shown {
  readonly session: GraphSession;
  readonly parsed: ParsedDocument;
  readonly tree: OutlineTree;
  readonly rows: Map<string, OutlineRow>;
  facts: OutlineFacts;
}

/** The active graph as a tree that mirrors its canvas: what is selected in one is selected in the other. */
export class OutlineView implements TreeSource<OutlineRow>, Disposable {
  readonly #services: OutlineServices;
  readonly #held = new DisposableStore();
  readonly #tree: LiveTree<OutlineRow>;
  readonly #followed = new WeakSet<GraphDocument>();
  #shown: Shown | undefined;

  constructor(services: OutlineServices) {
    this.#services = services;
    const { active, sessions, documents, breakpoints, panels, clock } = services;
    this.#tree = this.#held.add(new LiveTree("patchbay.outline", this, clock, { showCollapseAll: true }));
    const some = (): void => this.#tree.refreshSome(() => this.#changedRows());
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && some()));
    this.#held.add(breakpoints.onDidChange((key) => key === active.current?.source.key && some()));
    this.#held.add(documents.onDidOpen((document) => this.#follow(document)));
    this.#held.add(panels.onDidSelect((canvas) => this.#mark(canvas)));
    this.#held.add(this.#tree.view.onDidChangeVisibility(({ visible }) => visible && this.#markActive()));
    this.#held.add(vscode.commands.registerCommand("patchbay.showOutlined", (row: OutlineRow) => this.#show(row)));
  }

  children(row: OutlineRow | undefined): readonly OutlineRow[] {
    const before = this.#shown;
    const shown = this.#current();
    if (shown === undefined) return [];
    if (row === undefined && shown === before) shown.facts = this.#factsOf(shown.session); // all rows are drawn anew
    if (row === undefined) return shown.tree.roots.map((entry) => this.#row(shown, { entry, tree: shown.tree, under: undefined }));
    if (row.entry.type === "graph") return this.#inside(shown, row, row.entry.path);
    return (row.tree.children.get(row.entry.key) ?? []).map((entry) => this.#row(shown, { ...row, entry }));
  }

  item(row: OutlineRow): vscode.TreeItem {
    return outlineItem(row, row.under === undefined ? this.#shown?.facts.of(row.entry) : undefined);
  }

  parent(row: OutlineRow): OutlineRow | undefined {
    const entry = row.tree.parents.get(row.entry.key);
    return entry === undefined || this.#shown === undefined ? row.under : this.#row(this.#shown, { ...row, entry });
  }

  dispose(): void {
    this.#held.dispose();
  }

  #follow(document: GraphDocument): void {
    if (this.#followed.has(document)) return;
    this.#followed.add(document);
    document.onDidChangeProblems(() => document.key === this.#services.active.current?.source.key && this.#tree.refresh());
  }

  /** What is shown of the active graph: made anew with its text. */
  #current(): Shown | undefined {
    const session = this.#services.active.current;
    if (session === undefined) return (this.#shown = undefined);
    const { parsed } = session.source;
    const before = this.#shown;
    if (before?.session === session && before.parsed === parsed) return before;
    return (this.#shown = { session, parsed, tree: outlineOf(parsed), rows: new Map(), facts: this.#factsOf(session) });
  }

  #factsOf(session: GraphSession): OutlineFacts {
    const { sessions, breakpoints } = this.#services;
    const { run, source, compiler } = session;
    return new OutlineFacts({
      nodes: run === undefined ? {} : projectNodes(run),
      problems: sessions.documentOf(session)?.problems ?? source.parsed.problems,
      breakpoints: projectBreakpoints(breakpoints.of(source.key), compiler.current?.plan),
      isDisabled: (node) => source.parsed.graph.nodes.get(node)?.disabled === true,
    });
  }

  /** The rows that look different from when they were drawn. */
  #changedRows(): readonly OutlineRow[] {
    const before = this.#shown;
    if (before === undefined || before.session !== this.#services.active.current) return [];
    const facts = this.#factsOf(before.session);
    const old = before.facts;
    before.facts = facts;
    const isOther = ({ entry, under }: OutlineRow): boolean =>
      under === undefined && JSON.stringify(old.of(entry)) !== JSON.stringify(facts.of(entry));
    return [...before.rows.values()].filter(isOther);
  }

  #inside(shown: Shown, under: OutlineRow, path: string): readonly OutlineRow[] {
    const { directory } = under.session.source;
    const folder = under.under === undefined ? directory : vscode.Uri.joinPath(under.uri, "..").fsPath;
    if (directory === undefined || folder === undefined) return [];
    const file = join(folder, path);
    const found = this.#services.look(directory, file);
    if (found.found !== "file") return [];
    const tree = outlineOf(found.document);
    return tree.roots.map((entry) => this.#row(shown, { entry, tree, under, uri: vscode.Uri.file(file) }));
  }

  #row({ session, rows }: Shown, of: Pick<OutlineRow, "entry" | "tree" | "under"> & { readonly uri?: vscode.Uri }): OutlineRow {
    const { entry, tree, under } = of;
    const id = `${under?.id ?? session.source.key} > ${entry.key}`;
    const known = rows.get(id);
    if (known !== undefined) return known;
    const row: OutlineRow = { id, session, uri: of.uri ?? vscode.Uri.parse(session.source.key), tree, entry, under, ...subjectOf(entry) };
    rows.set(id, row);
    return row;
  }

  #markActive(): void {
    const { active, panels } = this.#services;
    const canvas = active.current === undefined ? undefined : panels.find(active.current.source.key);
    if (canvas !== undefined) this.#mark(canvas);
  }

  /** What is selected on the canvas is selected here, where it is one thing. */
  #mark({ document, panel, selection: { nodes, edges } }: CanvasPanel): void {
    const shown = document.key === this.#services.active.current?.source.key && panel.active ? this.#current() : undefined;
    const [node] = nodes;
    const [edge] = edges;
    if (shown === undefined || nodes.length + edges.length !== 1) return;
    const keys = node === undefined ? [edgeKey(edge ?? "")] : [nodeKey(node), `note ${node}`, `group ${node}`];
    const entry = keys.flatMap((key) => shown.tree.entries.get(key) ?? [])[0];
    if (entry !== undefined) this.#tree.mark(this.#row(shown, { entry, tree: shown.tree, under: undefined }));
  }

  async #show({ uri, entry, selection }: OutlineRow): Promise<void> {
    if (entry.type === "graph") return void (await vscode.commands.executeCommand("patchbay.openGraph", uri, entry.node));
    await this.#services.panels.reveal(uri, selection, true);
  }
}

/** What a row stands for, as commands and canvases name it. */
function subjectOf(entry: OutlineEntry): Pick<OutlineRow, "edge" | "node" | "selection"> {
  switch (entry.type) {
    case "node":
      return { node: entry.node, selection: { nodes: [entry.node], edges: [] } };
    case "edge":
      return { edge: entry.edge, selection: { nodes: [], edges: [entry.edge] } };
    case "note":
      return { selection: { nodes: [entry.note], edges: [] } };
    case "group":
      return { selection: { nodes: [entry.group], edges: [] } };
    case "graph":
      return { selection: { nodes: [entry.node], edges: [] } };
  }
}

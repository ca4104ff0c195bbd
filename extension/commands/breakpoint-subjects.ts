import * as vscode from "vscode";
import type { EntryPlace } from "../debug/adapter/text-places.js";
import type { GraphBreakpoint } from "../debug/breakpoints/graph-breakpoint.js";
import type { GraphDocument } from "../editor/graph-document.js";
import type { GraphSession } from "../run/graph-session.js";
import { subjectOf } from "./canvas-subject.js";
import type { CommandServices } from "./command.js";
import { graphOf } from "./target.js";

/** A node or edge that can be stopped at, and what is set there. */
export interface BreakpointSubject {
  readonly session: GraphSession;
  readonly document: GraphDocument;
  readonly entry: { readonly node: string } | { readonly edge: string };
  readonly breakpoints: readonly GraphBreakpoint[];
}

/** The node or edge that a command on breakpoints is about: the one that came with it, else all that are selected. Says so where there is none. */
export async function breakpointSubjects(services: CommandServices, args: readonly unknown[]): Promise<readonly BreakpointSubject[]> {
  const session = await graphOf(services, args[0]);
  const document = session === undefined ? undefined : services.sessions.documentOf(session);
  if (session === undefined || document === undefined) return [];
  const { ranges } = document.parsed;
  const entries = named(services, session, args).filter((entry) =>
    "node" in entry ? ranges.nodes.has(entry.node) : ranges.edges.has(entry.edge),
  );
  if (entries.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t("Select a node or an edge on the canvas first."));
  const all = services.breakpoints.of(document.key);
  return entries.map((entry) => ({ session, document, entry, breakpoints: all.filter(({ place }) => belongsTo(place, entry)) }));
}

/** Where a breakpoint of a node or edge stands if nothing else is said: before the node, where the edge is taken. */
export function defaultPlace(entry: BreakpointSubject["entry"]): EntryPlace {
  return "node" in entry ? { at: "before", ...entry } : { at: "taken", ...entry };
}

/** The other place: after the node, where the edge is tested. */
export function otherPlace(entry: BreakpointSubject["entry"]): EntryPlace {
  return "node" in entry ? { at: "after", ...entry } : { at: "tested", ...entry };
}

function named(services: CommandServices, session: GraphSession, args: readonly unknown[]): readonly BreakpointSubject["entry"][] {
  const { node, edge } = subjectOf(services, session, args);
  if (edge !== undefined) return [{ edge }];
  if (node !== undefined) return [{ node }];
  const { nodes = [], edges = [] } = services.panels.find(session.source.key)?.selection ?? {};
  return [...nodes.map((id) => ({ node: id })), ...edges.map((id) => ({ edge: id }))];
}

function belongsTo(place: EntryPlace, entry: BreakpointSubject["entry"]): boolean {
  if ("node" in place) return "node" in entry && entry.node === place.node;
  return "edge" in entry && entry.edge === place.edge;
}

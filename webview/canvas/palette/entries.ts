// What the palette offers, as entries of one form. Pure.
import { kinds, kindOf, type KindLook } from "../../nodes/kinds.js";
import type { PaletteView, SnippetView } from "../../protocol/palette.js";
import { snippets } from "./snippets.js";

/** What choosing an entry adds. */
export type Offer =
  | { readonly type: "kind"; readonly look: KindLook; readonly name?: string }
  | { readonly type: "handler" | "graph"; readonly path: string }
  | { readonly type: "snippet"; readonly text: string }
  | { readonly type: "note" };

/** One line of the palette. */
export interface Entry {
  /** Names it among all, from one time to the next; for files by their place in the workspace. */
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  /** Whether the detail is a sentence, of which words are found and not letters. */
  readonly prose: boolean;
  readonly icon: string;
  readonly offer: Offer;
}

/** Entries under a heading. */
export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Everything there is, in the order in which it is shown to somebody who has typed nothing. */
export function allGroups({ handlers, graphs, snippets: mine }: PaletteView): readonly Group[] {
  return [
    { title: "Kinds", entries: [...kinds.map((look) => kindEntry(look)), noteEntry] },
    { title: "Snippets", entries: [...mine, ...snippets].map(snippetEntry) },
    { title: "Handlers", entries: handlers.map(({ path, place }) => fileEntry("handler", path, place)) },
    { title: "Graphs", entries: graphs.map(({ path, place }) => fileEntry("graph", path, place)) },
  ];
}

const noteEntry: Entry = {
  key: "note",
  title: "Note",
  detail: "Words on the canvas, for people",
  prose: true,
  icon: "note",
  offer: { type: "note" },
};

/** A kind, under the name that was typed if it is to have one. */
export function kindEntry(look: KindLook, name?: string): Entry {
  return {
    key: `${name === undefined ? "kind" : "named"}:${look.kind}`,
    title: name === undefined ? look.title : `${look.title} “${name}”`,
    detail: look.hint,
    prose: true,
    icon: look.icon,
    offer: { type: "kind", look, ...(name === undefined ? {} : { name }) },
  };
}

function snippetEntry({ name, description, text }: SnippetView): Entry {
  return {
    key: `snippet:${name}`,
    title: name,
    detail: description,
    prose: true,
    icon: "symbol-snippet",
    offer: { type: "snippet", text },
  };
}

function fileEntry(type: "handler" | "graph", path: string, place: string): Entry {
  const icon = kindOf(type === "handler" ? "code" : "subgraph").icon;
  return { key: `${type}:${place}`, title: labelOf(place), detail: place, prose: false, icon, offer: { type, path } };
}

/** What people would call a file: `nodes/lookUp-order.ts` is "Look up order". */
export function labelOf(path: string): string {
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/(\.patchbay\.json|\.[^.]+)$/i, "");
  const words = stem
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, (_pair, low: string, high: string) => `${low} ${high.toLowerCase()}`)
    .replaceAll(/[-_.\s]+/g, " ")
    .trim();
  return words === "" ? stem : words.charAt(0).toUpperCase() + words.slice(1);
}

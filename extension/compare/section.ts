// What a graph can be compared with, as a list: rows in sections, of long ones the first.
import type * as vscode from "vscode";

/** What a graph is compared with. */
export interface Comparison {
  readonly before: vscode.Uri;
  /** Title of the tab that shows it. */
  readonly title: string;
}

/** Something to compare with. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** A codicon. */
  readonly icon: string;
  readonly comparison: Comparison;
}

/** Rows of one kind, those that people mean most often first. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Label of the row that shows the others, too. */
  readonly all: string;
}

/** A line of the list. */
export type Line =
  | { readonly kind: "title"; readonly title: string }
  | { readonly kind: "row"; readonly row: Row }
  | { readonly kind: "all"; readonly section: Section };

/** Of a section so many rows are shown until somebody wants all. */
const FIRST = 5;

/** The list: of each section the first rows, all of those that somebody opened, and all of all while somebody types what to look for. */
export function linesOf(sections: readonly Section[], opened: ReadonlySet<string>, typing: boolean): readonly Line[] {
  return sections.flatMap((section) => {
    const { title, rows } = section;
    if (rows.length === 0) return [];
    const whole = typing || opened.has(title) || rows.length <= FIRST + 1; // a row that shows one other is no shorter
    const shown = whole ? rows : rows.slice(0, FIRST);
    return [
      { kind: "title" as const, title },
      ...shown.map((row) => ({ kind: "row" as const, row })),
      ...(whole ? [] : [{ kind: "all" as const, section }]),
    ];
  });
}

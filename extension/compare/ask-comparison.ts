import * as vscode from "vscode";
import { DisposableStore } from "../dispose.js";
import type { Found } from "./git-sections.js";
import { linesOf, type Comparison, type Line, type Section } from "./section.js";

interface Item extends vscode.QuickPickItem {
  readonly line: Line;
}

/** Asks what a graph is compared with; undefined where somebody gives up. Rejects where what there is cannot be found. */
export async function askComparison(name: string, finding: Promise<Found>): Promise<Comparison | undefined> {
  const held = new DisposableStore();
  const pick = held.add(vscode.window.createQuickPick<Item>());
  pick.title = vscode.l10n.t("Compare {0} With…", name);
  pick.placeholder = vscode.l10n.t("Looking for earlier revisions…");
  pick.matchOnDescription = true;
  pick.busy = true;
  try {
    const closed = new Promise<undefined>((resolve) => held.add(pick.onDidHide(() => resolve(undefined))));
    pick.show();
    const found = await Promise.race([finding, closed]);
    if (found === undefined) return undefined;
    pick.busy = false;
    pick.placeholder = placeholderOf(found);
    return await Promise.race([chosen(pick, found.sections, held), closed]);
  } finally {
    held.dispose();
  }
}

function placeholderOf({ sections, why }: Found): string {
  const nothing = sections.every(({ rows }) => rows.length === 0);
  const ask = nothing ? vscode.l10n.t("There is nothing to compare with.") : vscode.l10n.t("With what? Type to search all of it.");
  return why === undefined ? ask : `${ask} ${why}`;
}

function chosen(pick: vscode.QuickPick<Item>, sections: readonly Section[], held: DisposableStore): Promise<Comparison> {
  const opened = new Set<string>();
  const list = (): void => void (pick.items = linesOf(sections, opened, pick.value !== "").map(itemOf));
  let typing = pick.value !== "";
  held.add(
    pick.onDidChangeValue((value) => {
      if ((value !== "") === typing) return;
      typing = value !== "";
      list();
    }),
  );
  list();
  return new Promise((resolve) => {
    held.add(
      pick.onDidAccept(() => {
        const [line] = pick.activeItems.map((item) => item.line);
        if (line?.kind === "row") resolve(line.row.comparison);
        if (line?.kind !== "all") return;
        opened.add(line.section.title);
        pick.keepScrollPosition = true;
        list();
      }),
    );
  });
}

function itemOf(line: Line): Item {
  switch (line.kind) {
    case "title":
      return { line, label: line.title, kind: vscode.QuickPickItemKind.Separator };
    case "row":
      return { line, label: line.row.label, description: line.row.description, iconPath: new vscode.ThemeIcon(line.row.icon) };
    case "all":
      return { line, label: line.section.all, iconPath: new vscode.ThemeIcon("ellipsis") };
  }
}

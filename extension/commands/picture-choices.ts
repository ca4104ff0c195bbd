import * as vscode from "vscode";

/** What a picture is made as. `scale`: pixels of a PNG for each pixel of the canvas. */
export type PictureFormat =
  | { readonly type: "png"; readonly scale: 1 | 2; readonly transparent: boolean }
  | { readonly type: "svg" }
  | { readonly type: "mmd" };

interface FormatItem extends vscode.QuickPickItem {
  readonly format: PictureFormat;
}

/** Asks for a format; undefined where nobody wants one. */
export async function askFormat(): Promise<PictureFormat | undefined> {
  const twice = vscode.l10n.t("twice the size, for sharp screens and print");
  const ground = vscode.l10n.t("background of the theme");
  const none = vscode.l10n.t("transparent background");
  const png = (scale: 1 | 2, transparent: boolean): FormatItem => ({
    label: scale === 2 ? vscode.l10n.t("PNG, Twice the Size") : vscode.l10n.t("PNG"),
    description: [transparent ? none : ground, ...(scale === 2 ? [twice] : [])].join(", "),
    format: { type: "png", scale, transparent },
  });
  const items: readonly FormatItem[] = [
    png(2, false),
    png(1, false),
    png(2, true),
    png(1, true),
    { label: "SVG", description: vscode.l10n.t("sharp at any size, light or dark as the reader's system is"), format: { type: "svg" } },
    {
      label: "Mermaid",
      description: vscode.l10n.t("a flowchart as text, which Markdown on GitHub and GitLab draws"),
      format: { type: "mmd" },
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Export as Picture"),
    placeHolder: vscode.l10n.t("As what?"),
  });
  return chosen?.format;
}

/** Asks whether the picture is of what is selected, where anything is. */
export async function askExtent(selected: number): Promise<"all" | "selection" | undefined> {
  if (selected === 0) return "all";
  const all = { label: vscode.l10n.t("Whole Graph"), extent: "all" as const };
  const part = { label: vscode.l10n.t("What Is Selected"), description: String(selected), extent: "selection" as const };
  const chosen = await vscode.window.showQuickPick([all, part], {
    title: vscode.l10n.t("Export as Picture"),
    placeHolder: vscode.l10n.t("Of what?"),
  });
  return chosen?.extent;
}

/** The colours of the theme that VS Code has now. */
export function schemeOfTheme(): "light" | "dark" {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Light || kind === vscode.ColorThemeKind.HighContrastLight ? "light" : "dark";
}

// How much of a store goes: a number of checkpoints, an age, or a size, from a list or as a person types it.
import * as vscode from "vscode";
import type { RetentionPolicy } from "../../runtime/checkpoint/retention.js";
import { parseLimit } from "./limit-text.js";

/** A limit, and what is asked before it is applied. */
export interface Limit {
  readonly policy: RetentionPolicy;
  readonly question: string;
}

const COUNTS = ["1000", "100", "10"] as const;
const AGES = ["90d", "30d", "7d"] as const;
const SIZES = ["1GB", "500MB", "100MB"] as const;

interface LimitItem extends vscode.QuickPickItem {
  /** As it would be typed; absent: it is to be typed. */
  readonly text?: string;
}

/** The limit that a person chooses; undefined: none. */
export async function chooseLimit(): Promise<Limit | undefined> {
  const title = vscode.l10n.t("Prune Runs");
  const chosen = await vscode.window.showQuickPick(limitItems(), { title, placeHolder: vscode.l10n.t("How much stays?") });
  if (chosen === undefined) return undefined;
  const text = chosen.text ?? (await typed(title));
  return text === undefined ? undefined : limitOf(text);
}

function limitOf(text: string): Limit | undefined {
  const policy = parseLimit(text);
  return policy === undefined ? undefined : { policy, question: questionOf(text, policy) };
}

function questionOf(text: string, { keep, age }: RetentionPolicy): string {
  if (keep !== undefined) return vscode.l10n.t("Delete all but the newest {0} checkpoints of each run?", text);
  return age === undefined
    ? vscode.l10n.t("Delete the oldest runs that have ended, with all of their checkpoints, until all runs take no more than {0}?", text)
    : vscode.l10n.t("Delete the runs that have ended, with all of their checkpoints, whose last checkpoint is older than {0}?", text);
}

function limitItems(): readonly LimitItem[] {
  const under = (label: string): LimitItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    under(vscode.l10n.t("checkpoints of each run, from the newest, and those that they need")),
    ...COUNTS.map((text) => ({ text, label: vscode.l10n.t("{0} Checkpoints", text) })),
    under(vscode.l10n.t("runs that have ended, by their last checkpoint")),
    ...AGES.map((text) => ({ text, label: vscode.l10n.t("{0} Days", Number.parseInt(text, 10)) })),
    under(vscode.l10n.t("runs that have ended, the newest, as far as there is room")),
    ...SIZES.map((text) => ({ text, label: text })),
    under(""),
    { label: vscode.l10n.t("Another Limit…") },
  ];
}

async function typed(title: string): Promise<string | undefined> {
  const prompt = vscode.l10n.t("A number of checkpoints of each run, an age such as 30d, or a size such as 500MB");
  const wrong = vscode.l10n.t("Give a whole number such as 100, an age such as 30d, or a size such as 500MB.");
  const validateInput = (text: string): string | undefined => (parseLimit(text.trim()) === undefined ? wrong : undefined);
  return (await vscode.window.showInputBox({ title, prompt, validateInput }))?.trim();
}

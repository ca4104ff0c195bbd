import * as vscode from "vscode";
import type { Decide } from "../../runtime/document/merge/conflicts.js";
import { keysOf } from "../../runtime/model/json-pointer.js";
import type { Conflict } from "../../runtime/document/merge/merge-values.js";
import type { JsonValue } from "../../runtime/model/json.js";
import { previewJson } from "../../runtime/model/preview-json.js";

/** A value is shown by so many characters of it. */
const LONGEST = 80;

/** A way to decide a conflict. */
export interface Way {
  readonly take: Decide;
  readonly title: string;
  /** What is there then. */
  readonly value: string;
}

/** What a conflict is about. */
export function conflictName({ at }: Conflict): string {
  return keysOf(at).join(".");
}

/** The ways to decide it. */
export function waysOf({ base, ours, theirs }: Conflict): readonly Way[] {
  return [
    ours === undefined // then it is what theirs made of it
      ? { take: "ours", title: vscode.l10n.t("Remove It, as Ours Does"), value: "" }
      : { take: "here", title: vscode.l10n.t("Keep What Is Here"), value: shown(ours) },
    { take: "theirs", title: vscode.l10n.t("Take Theirs"), value: shown(theirs) },
    { take: "base", title: vscode.l10n.t("Take What Was Before"), value: shown(base) },
  ];
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? vscode.l10n.t("nothing") : previewJson(value, LONGEST);
}

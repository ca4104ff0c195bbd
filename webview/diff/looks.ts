import type { ChangeKind } from "./changes.js";

/** How each kind of difference looks: an icon and a word beside its colour and the form of its frame. */
export const looks: Readonly<Record<ChangeKind, { readonly icon: string; readonly word: string }>> = {
  added: { icon: "add", word: "added" },
  removed: { icon: "remove", word: "removed" },
  changed: { icon: "edit", word: "changed" },
  renamed: { icon: "rename", word: "renamed" },
  moved: { icon: "move", word: "moved" },
};

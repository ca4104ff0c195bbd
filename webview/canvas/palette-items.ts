import { kinds, type KindLook } from "../nodes/kinds.js";

/** One line of the palette. */
export interface PaletteItem {
  readonly look: KindLook;
  /** The name that was typed, where it names no kind. */
  readonly name?: string;
}

/** The kinds that fit what was typed; where none does, every kind under that name. */
export function paletteItems(typed: string): readonly PaletteItem[] {
  const query = typed.trim().toLowerCase();
  const fitting = kinds.filter(({ title, kind, hint }) => [title, kind, hint].some((text) => text.toLowerCase().includes(query)));
  return fitting.length > 0 ? fitting.map((look) => ({ look })) : kinds.map((look) => ({ look, name: typed.trim() }));
}

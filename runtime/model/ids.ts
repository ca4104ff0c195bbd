/** Permanent name of a node in its document; labels are what people rename. */
export type NodeId = string;
/** Permanent name of an edge in its document. */
export type EdgeId = string;
/** Name of a channel; an identifier, since expressions use it as a variable. */
export type ChannelName = string;

/** Where a run enters: the built-in source of the first edges. */
export const START = "@start";
/** Where a branch ends: the built-in target of the last edges. */
export const END = "@end";
/** The action that an `on` edge names to fire when its node failed; no node can return it. */
export const ON_ERROR = "@error";

const ID = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const CHANNEL = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether `text` may name a node or an edge. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** Whether `text` may name a channel. */
export function isChannelName(text: string): boolean {
  return CHANNEL.test(text);
}

/** The first of `base`, `base2`, `base3` … that `taken` does not hold, with characters that no id may have replaced. */
export function freeId(base: string, taken: (id: string) => boolean): string {
  const stem = base.replaceAll(/[^A-Za-z0-9_-]/g, "_").replace(/^(?=[^A-Za-z_])/, "_") || "node";
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? stem : `${stem}${n}`;
    if (!taken(id)) return id;
  }
}

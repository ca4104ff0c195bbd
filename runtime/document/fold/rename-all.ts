import { namesIn } from "../../expression/cel.js";
import { freeId, type ChannelName } from "../../model/ids.js";
import { parseDocument } from "../parse.js";
import type { ParsedDocument } from "../parsed-document.js";
import { renameChannel } from "../rename-channel.js";
import { applyEdits } from "../text.js";
import { refusal, type Refusal } from "./refusal.js";

/** Channels by the names that they have, with those that they get. */
export type NewNames = ReadonlyMap<ChannelName, ChannelName>;

/** A document whose channels are called otherwise, all at once: two may change names. */
export function renamedAll(parsed: ParsedDocument, names: NewNames): ParsedDocument | Refusal {
  const changed = [...names].filter(([from, to]) => from !== to);
  const taken = new Set([...parsed.raw.channels.keys(), ...names.values()]);
  const steps = changed.map(([from, to], place) => ({ from, by: freeId(`renamed_${place}`, (id) => taken.has(id)), to }));
  let now = parsed;
  for (const [from, to] of [...steps.map((step) => [step.from, step.by] as const), ...steps.map((step) => [step.by, step.to] as const)]) {
    const outcome = renameChannel(now, from, to);
    if (!outcome.ok) return refusal(outcome.message, "Give the channels the same names in both graphs.");
    now = parseDocument(applyEdits(now.text, outcome.edits));
  }
  return now;
}

/** An expression over the channels by their new names; undefined: it cannot be said with them. */
export function renamedIn(expression: string, names: NewNames): string | undefined {
  const uses = namesIn(expression);
  if (uses === undefined) return undefined;
  let text = expression;
  for (const { name, start, end, bound } of uses.toSorted((a, b) => b.start - a.start)) {
    const to = names.get(name) ?? name;
    if (to !== name && bound.includes(to)) return undefined;
    text = text.slice(0, start) + to + text.slice(end);
  }
  return text;
}

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonical } from "../model/canonical.js";
import type { ChannelDef } from "../model/graph.js";
import type { Plan } from "../plan/plan.js";

/** Hexadecimal digits of a layout's name. */
const DIGITS = 12;

const known = new WeakMap<Plan["channels"], string>();

/** What tells the channels of one plan from those of another: names, schemas, reducers and defaults, as 12 hexadecimal digits. */
export function channelLayout({ channels }: Pick<Plan, "channels">): string {
  const before = known.get(channels);
  if (before !== undefined) return before;
  const defs: readonly ChannelDef[] = Array.from(channels.values(), ({ def }) => def);
  const layout = bytesToHex(sha256(utf8ToBytes(canonical(defs)))).slice(0, DIGITS);
  known.set(channels, layout);
  return layout;
}

import type { Chance } from "./chance.js";

/** Size of the database's pages. */
const PAGE = 2048;

type Damage = (bytes: Uint8Array, chance: Chance) => Uint8Array;

/** What disks, crashes and people do to files. */
export const byteDamages: Readonly<Record<string, Damage>> = {
  "bits are flipped": (bytes, chance) => {
    for (let count = 1 + chance.below(20); count > 0; count -= 1) flip(bytes, chance.below(bytes.length), chance);
    return bytes;
  },
  "bits of the first page are flipped": (bytes, chance) => {
    for (let count = 1 + chance.below(4); count > 0; count -= 1) flip(bytes, chance.below(Math.min(PAGE, bytes.length)), chance);
    return bytes;
  },
  "it is cut off": (bytes, chance) => bytes.slice(0, chance.below(bytes.length)),
  "it is cut off between two pages": (bytes, chance) => bytes.slice(0, PAGE * chance.below(bytes.length / PAGE)),
  "a part is zero": (bytes, chance) => {
    const start = chance.below(bytes.length);
    return bytes.fill(0, start, start + chance.below(4 * PAGE));
  },
  "a part is anything": (bytes, chance) => {
    const part = chance.bytes(1 + chance.below(300));
    bytes.set(part, chance.below(Math.max(1, bytes.length - part.length)));
    return bytes;
  },
  "two pages are swapped": (bytes, chance) => {
    const pages = Math.floor(bytes.length / PAGE);
    const [one, other] = [PAGE * chance.below(pages), PAGE * chance.below(pages)];
    const held = bytes.slice(one, one + PAGE);
    bytes.set(bytes.slice(other, other + PAGE), one);
    bytes.set(held, other);
    return bytes;
  },
  "something follows it": (bytes, chance) => Uint8Array.from([...bytes, ...chance.bytes(chance.below(3 * PAGE))]),
};

function flip(bytes: Uint8Array, at: number, chance: Chance): void {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
}

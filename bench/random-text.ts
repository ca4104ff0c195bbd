import { mulberry32 } from "../test/support/mulberry32.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -";

/** Text that does not repeat: six bits a letter, the same for the same seed. */
export function randomText(length: number, seed: number): string {
  const next = mulberry32(seed);
  return Array.from({ length }, () => LETTERS[Math.floor(next() * LETTERS.length)]).join("");
}

import { PatchbayError } from "../errors.js";
import type { Arguments } from "./arguments.js";

/** A whole number that an option gives, or `otherwise`. Throws `USAGE`. */
export function readCount(given: Arguments, option: string, least: number, otherwise: number): number {
  const text = given.value(option);
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new PatchbayError("USAGE", `--${option} ${text}: give a whole number from ${least}.`);
}

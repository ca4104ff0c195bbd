import { PatchbayError } from "../errors.js";
import type { Arguments } from "./arguments.js";
import type { Option } from "./command.js";

const DEFAULT_LIMIT = 100;

/** `--limit N` of commands that list. */
export const limitOption: Option = { value: "N", help: `List at most this many. Default ${DEFAULT_LIMIT}.` };

/** How many to list. Throws `USAGE`. */
export function limitOf(given: Arguments): number {
  const text = given.value("limit");
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new PatchbayError("USAGE", `--limit ${text}: give a whole number from 1.`);
  return Number(text);
}

/** Rows under heads, each column as wide as it must be. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, ...rows];
  const widths = heads.map((_head, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** A count with its noun: `1 node`, `2 nodes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A time for people: `2026-03-02 09:41:07`, in UTC so that it reads the same everywhere. */
export function when(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

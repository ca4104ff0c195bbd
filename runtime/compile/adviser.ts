// Advice on a graph's `compile` settings, from what its last compiles came to. It never changes a setting itself.
//
// 1. Advice rests on what was measured, and says so in numbers.
// 2. It is about the settings that are in force: what has been changed already is not advised again.
import { durationText } from "../model/duration.js";
import { shortMs } from "../model/figures.js";
import type { CompileSettings } from "../model/graph.js";
import { isRecompile, type CompileRecord } from "./compile-record.js";
import { percentile } from "./statistics.js";

/** How many compiles the adviser looks back on. */
const ADVICE_WINDOW = 20;

/** Fewer than these are chance. */
const ENOUGH = 3;
/** Compiles that begin within this time of one another could have been one. */
const BURST_GAP_MS = 1_000;
const LONGEST_BURST = 20;
const ENOUGH_IN_A_BURST = 5;
/** Below this a burst costs nothing that somebody would notice. */
const COSTLY_MICROS = 50_000;
/** A graph that is stale for so long runs what nobody sees any more. */
const LONG_WAIT_MS = 5_000;
/** A wait is out of proportion when it is so many times what the compile takes. */
const OUT_OF_PROPORTION = 50;
const SHORT_WAIT_MS = 1_000;

/** A field of the document's `compile` section, and what it should be, both as the document has them. */
export interface SettingChange {
  readonly setting: "strategy" | "sizeThreshold" | "staleAfter" | "staleMinEdits";
  readonly from: string | number;
  readonly to: string | number;
}

/** One piece of advice. `code` is stable; `evidence` holds the numbers of `text`, durations in microseconds where the name says so. */
export interface Advice {
  readonly code: "soft-would-do" | "hard-is-refused" | "one-by-one" | "stale-for-long" | "failing";
  readonly text: string;
  readonly evidence: Readonly<Record<string, number>>;
  /** Absent: no setting mends it. */
  readonly change?: SettingChange;
}

/** What the last compiles, newest first, suggest under these settings. */
export function advise(history: readonly CompileRecord[], settings: CompileSettings): readonly Advice[] {
  const recent = history.filter(isRecompile).slice(0, ADVICE_WINDOW);
  const found = [
    adviseFailing(history),
    adviseSoft(recent, settings),
    adviseRefused(recent, settings),
    adviseBurst(recent, settings),
    adviseWait(recent, settings),
  ];
  return found.filter((advice) => advice !== undefined);
}

/** Strategy `hard`, and a patch would have done. */
function adviseSoft(recent: readonly CompileRecord[], { strategy }: CompileSettings): Advice | undefined {
  const soft = recent.filter(({ success, patchMicros }) => success && patchMicros !== undefined);
  const took = sum(soft.map(({ micros }) => micros));
  const patched = sum(soft.map(({ patchMicros = 0 }) => patchMicros));
  if (strategy !== "hard" || soft.length < ENOUGH || patched >= took) return undefined;
  const each = [took, patched].map((micros) => spoken(micros / soft.length));
  return {
    code: "soft-would-do",
    text: `${soft.length} of the last ${recent.length} recompiles were of soft changes. Patched they would have taken ${each[1]} instead of ${each[0]} each: strategy auto would have saved ${spoken(took - patched)}.`,
    evidence: { recompiles: recent.length, soft: soft.length, tookMicros: took, patchMicros: patched, savedMicros: took - patched },
    change: { setting: "strategy", from: strategy, to: "auto" },
  };
}

/** Strategy `soft`, and changes are refused time and again. */
function adviseRefused(recent: readonly CompileRecord[], { strategy }: CompileSettings): Advice | undefined {
  const refused = recent.filter(({ error }) => error?.code === "HARD_REFUSED").length;
  if (strategy !== "soft" || refused < ENOUGH) return undefined;
  return {
    code: "hard-is-refused",
    text: `${refused} of the last ${recent.length} changes were refused, as they need a hard compile: strategy auto would have compiled them.`,
    evidence: { recompiles: recent.length, refused },
    change: { setting: "strategy", from: strategy, to: "auto" },
  };
}

/** Hard compiles of one edit each, one upon the other. */
function adviseBurst(recent: readonly CompileRecord[], { sizeThreshold }: CompileSettings): Advice | undefined {
  const burst = longestBurst(recent.filter((record) => record.class === "hard" && record.success));
  const to = Math.min(burst.length, LONGEST_BURST);
  const took = sum(burst.map(({ micros }) => micros));
  if (to < ENOUGH_IN_A_BURST || to <= sizeThreshold || took < COSTLY_MICROS) return undefined;
  return {
    code: "one-by-one",
    text: `${burst.length} edits were compiled one by one, each within a second of the last, in ${spoken(took)}: waiting for ${to} of them would have taken ${spoken(took / burst.length)}.`,
    evidence: { compiles: burst.length, tookMicros: took, onceMicros: took / burst.length },
    change: { setting: "sizeThreshold", from: sizeThreshold, to },
  };
}

/** The longest row of compiles of one edit that begin soon after one another. */
function longestBurst(newestFirst: readonly CompileRecord[]): readonly CompileRecord[] {
  let longest: readonly CompileRecord[] = [];
  let row: readonly CompileRecord[] = [];
  for (const record of newestFirst) {
    const later = row.at(-1);
    const soon = later !== undefined && later.at - record.at <= BURST_GAP_MS;
    row = record.edits !== 1 ? [] : soon ? [...row, record] : [record];
    if (row.length > longest.length) longest = row;
  }
  return longest;
}

/** Hard compiles that take a moment, after the graph has been stale for long. */
function adviseWait(recent: readonly CompileRecord[], settings: CompileSettings): Advice | undefined {
  const waited = recent.filter((record) => record.class === "hard" && record.success && record.edits > 0);
  const waitedMs = median(waited.map((record) => record.waitedMs));
  const micros = median(waited.map((record) => record.micros));
  if (waited.length < ENOUGH || waitedMs < LONG_WAIT_MS || waitedMs * 1000 < micros * OUT_OF_PROPORTION) return undefined;
  const change = shorterWait(waitedMs, settings);
  if (change === undefined) return undefined;
  return {
    code: "stale-for-long",
    text: `Half of the last ${waited.length} hard compiles came after the graph had been stale for ${shortMs(waitedMs)} or more, and take ${spoken(micros)}: they can come sooner.`,
    evidence: { compiles: waited.length, waitedMs, micros },
    change,
  };
}

/** The setting that made edits wait: their age, or how many had to wait before their age counted. */
function shorterWait(waitedMs: number, { staleAfterMs, staleMinEdits }: CompileSettings): SettingChange | undefined {
  if (staleMinEdits > 1 && waitedMs > 2 * staleAfterMs) return { setting: "staleMinEdits", from: staleMinEdits, to: 1 };
  if (staleAfterMs <= SHORT_WAIT_MS) return undefined;
  return { setting: "staleAfter", from: durationText(staleAfterMs), to: durationText(SHORT_WAIT_MS) };
}

/** The newest compiles failed, one after the other. */
function adviseFailing(history: readonly CompileRecord[]): Advice | undefined {
  const good = history.findIndex(({ success, error }) => success || error?.code === "HARD_REFUSED");
  const failures = good === -1 ? history.length : good;
  const error = history[0]?.error;
  if (failures < ENOUGH || error === undefined) return undefined;
  return {
    code: "failing",
    text: `The last ${failures} compiles failed, and the last good plan is in force. The newest: ${error.code}: ${error.message}`,
    evidence: { failures },
  };
}

function spoken(micros: number): string {
  return shortMs(micros / 1000);
}

function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

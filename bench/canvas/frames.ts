import type { Page } from "playwright-core";
import { watchFrames } from "./in-page.js";
import { move, type Hand } from "./hands.js";

/** How long frames are counted. */
export const COUNTED_MS = 1_500;

/** What was seen while a hand moved. */
export interface Seen {
  /** Frames a second that showed something new. */
  readonly shown: number;
  /** Frames a second, whatever they showed. */
  readonly all: number;
  /** The longest that nothing was shown, in milliseconds. */
  readonly longest: number;
}

/** Counts frames while a hand moves; `watched` is what it moves. */
export function framesWhile(page: Page, watched: string, hand: Hand): Promise<Seen> {
  return framesDuring(page, watched, () => move(page, hand, COUNTED_MS));
}

/** Counts frames while something is done; how often each showed something new is told by what `watchFrames` notes. */
export async function framesDuring(page: Page, watched: string, act: () => Promise<unknown>): Promise<Seen> {
  await page.evaluate(watchFrames, watched);
  await act();
  const frames = await page.evaluate(() => {
    window.watching = false;
    return window.seen;
  });
  const span = (frames.at(-1)?.at ?? 0) - (frames[0]?.at ?? 0);
  const times = frames.slice(1).map(({ at }, index) => at - (frames[index]?.at ?? 0));
  const shown = frames.slice(1).filter((frame, index) => frame.shown !== frames[index]?.shown).length;
  return { shown: (shown * 1000) / span, all: (times.length * 1000) / span, longest: Math.max(...times) };
}

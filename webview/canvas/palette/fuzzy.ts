// How well a text fits what was typed, and which of its letters say so. Pure.
//
// The letters typed must all be in the text, in order. Letters in a row and letters that begin a word count most, so that "lo"
// finds "Look up order" before "Reload", and "luo" finds it, too; letters that lie about in a text are no find.

/** A text that fits: the better, the higher; and the places of the letters that were found. */
export interface Fit {
  readonly score: number;
  readonly at: readonly number[];
}

const IN_A_ROW = 6;
const WORD_START = 7;
const TEXT_START = 3;
const GAP = 0.15;
/** What a letter must be worth on average. */
const LEAST = 3;
/** Longer texts are cut: nobody types that far. */
const LONGEST = 160;

/** Whether all words typed are found in a text, each by itself. */
export function fit(typed: string, text: string): Fit | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = words.map((word) => fitWord(word, text.slice(0, LONGEST)));
  if (!fits.every((found) => found !== undefined)) return undefined;
  const at = [...new Set(fits.flatMap((found) => found.at))].sort((a, b) => a - b);
  const score = fits.reduce((sum, found) => sum + found.score, 0) / Math.max(1, fits.length);
  return { score: score - text.length / 1000, at };
}

function fitWord(word: string, text: string): Fit | undefined {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return undefined; // letters that fold into several cannot be shown by their places
  let ends = firstLetter(word, lower, text);
  for (let letter = 1; letter < word.length; letter += 1) ends = nextLetter({ word, letter, lower, text }, ends);
  const best = ends.reduce<Fit | undefined>((found, next) => (found === undefined || next.score > found.score ? next : found), undefined);
  return best === undefined || best.score / word.length < LEAST ? undefined : { ...best, score: best.score / word.length };
}

/** Every place where the first letter is found. */
function firstLetter(word: string, lower: string, text: string): readonly Fit[] {
  const found: Fit[] = [];
  for (let at = lower.indexOf(word.charAt(0)); at >= 0; at = lower.indexOf(word.charAt(0), at + 1))
    found.push({ at: [at], score: startWorth(text, at) - Math.min(2, at * GAP) });
  return found;
}

interface Letter {
  readonly word: string;
  readonly letter: number;
  readonly lower: string;
  readonly text: string;
}

/** For every place of a letter the best way to it. */
function nextLetter({ word, letter, lower, text }: Letter, before: readonly Fit[]): readonly Fit[] {
  const found: Fit[] = [];
  const wanted = word.charAt(letter);
  for (let at = lower.indexOf(wanted, letter); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    let best: Fit | undefined;
    for (const way of before) {
      const last = way.at.at(-1) ?? -1;
      if (last >= at) continue;
      const worth = last === at - 1 ? IN_A_ROW + startWorth(text, at) / 4 : startWorth(text, at) - Math.min(3, (at - last) * GAP);
      if (best === undefined || way.score + worth > best.score) best = { at: [...way.at, at], score: way.score + worth };
    }
    if (best !== undefined) found.push(best);
  }
  return found;
}

function startWorth(text: string, at: number): number {
  if (at === 0) return WORD_START + TEXT_START;
  return /[^\p{L}\p{N}]/u.test(text.charAt(at - 1)) || /\p{Ll}\p{Lu}/u.test(text.slice(at - 1, at + 1)) ? WORD_START : 1;
}

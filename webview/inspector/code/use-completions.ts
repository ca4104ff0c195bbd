// The list of what can be written next: when it opens, what is chosen in it.
//
// 1. An answer for another text or place than the field has now is dropped.
// 2. What is shown fits what is typed, also before the answer for that has come: a choice replaces what stands there now.
import { useCallback, useRef, useState } from "react";
import type { CompletionsView, CompletionView } from "../../protocol/expressions.js";

/** Asks what can be written at a place of a text. */
export type Complete = (text: string, at: number) => Promise<CompletionsView>;

/** What a field shows and does of completions. */
export interface CompletionList {
  readonly items: readonly CompletionView[];
  readonly active: number;
  /** Asks anew. `asked`: somebody wants the list, whatever stands there. */
  readonly ask: (text: string, at: number, asked: boolean) => void;
  readonly move: (by: number) => void;
  readonly close: () => void;
  /** The part of the text that a choice replaces. */
  readonly range: readonly [from: number, to: number];
}

/** What is shown: the completions of a text, as far as it is typed. */
interface Shown {
  readonly items: readonly CompletionView[];
  readonly active: number;
  readonly range: readonly [from: number, to: number];
  /** Where the caret was. */
  readonly at: number;
}

const closed: Shown = { items: [], active: 0, range: [0, 0], at: 0 };

/** The completions of one field. */
export function useCompletions(complete: Complete): CompletionList {
  const [list, setList] = useState(closed);
  const turn = useRef(0);
  const close = useCallback(() => {
    turn.current += 1;
    setList(closed);
  }, []);
  const ask = useCallback(
    (text: string, at: number, asked: boolean): void => {
      turn.current += 1;
      const { current } = turn;
      setList((now) => narrowed(now, text, at)); // invariant 2
      const told = ({ from, to, items }: CompletionsView): void => {
        if (turn.current !== current) return; // invariant 1
        const [only] = items;
        const done = items.length === 0 || (!asked && items.length === 1 && only?.insert === text.slice(from, to));
        setList(done ? closed : { items, active: 0, range: [from, to], at });
      };
      complete(text, at).then(told, () => turn.current === current && setList(closed)); // the host has logged why
    },
    [complete],
  );
  const move = useCallback((by: number): void => {
    setList((now) => ({ ...now, active: (now.active + by + now.items.length) % Math.max(1, now.items.length) }));
  }, []);
  return { ...list, ask, move, close };
}

/** The list for a text in which more of a name is typed than it was made for; closed where anything else was. */
function narrowed(list: Shown, text: string, at: number): Shown {
  const [from, to] = list.range;
  const started = text.slice(from, at).toLowerCase();
  if (list.items.length === 0 || at < from || !/^[\w./-]*$/.test(started)) return closed;
  const items = list.items.filter(({ label }) => label.toLowerCase().includes(started));
  const first = items.filter(({ label }) => label.toLowerCase().startsWith(started));
  const ordered = [...first, ...items.filter((item) => !first.includes(item))];
  return { items: ordered, active: 0, range: [from, to + at - list.at], at };
}

/** Whether the list opens by itself when this has just been typed. */
export function opensBehind(before: string): boolean {
  return /(?:[A-Za-z_]\w*|[\w)\]]\.|\{\{\s*)$/.test(before) && !/(?:^|[^\w])\d\w*$/.test(before);
}

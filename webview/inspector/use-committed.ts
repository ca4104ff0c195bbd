import { useEffect, useRef, useState } from "react";
import { useDraft } from "./use-draft.js";

/** A text that is committed. */
export interface Committed {
  /** Stable name of its field. */
  readonly name: string;
  readonly value: string;
  /** Why what was typed cannot be committed. */
  readonly check?: ((typed: string) => string | undefined) | undefined;
  readonly onCommit: (typed: string) => void;
  /** What was committed is not what stands there then, but the value again: it adds something. */
  readonly empties?: boolean | undefined;
}

/** What is typed in a field, and what it does with it. */
export interface Typing {
  readonly typed: string;
  /** Why it was not committed. */
  readonly refusal: string | undefined;
  readonly type: (typed: string) => void;
  readonly commit: () => void;
  /** Goes back to the value. */
  readonly revert: () => void;
}

/** Holds what is typed until it is committed or let go; what was being typed when the canvas was hidden is committed. */
export function useCommitted({ name, value, check, onCommit, empties = false }: Committed): Typing {
  const draft = useDraft(name);
  const { found } = draft;
  const [base, setBase] = useState(value);
  const [typed, setTyped] = useState(found ?? value);
  const [sent, setSent] = useState(value);
  const [refusal, setRefusal] = useState<string>();
  if (value !== base) {
    // Another value from outside; what somebody has typed meanwhile stays.
    setBase(value);
    if (typed === base || typed === sent) setTyped(value);
  }
  const pending = useRef(found !== undefined);
  const commit = (): void => {
    pending.current = false;
    const why = typed === value ? undefined : check?.(typed);
    setRefusal(why);
    if (why !== undefined) return;
    draft.keep(undefined);
    if (typed === value) return;
    if (empties) setTyped(value);
    else setSent(typed);
    onCommit(typed);
  };
  // A field that goes away while it is typed in, because something else was selected, is committed too.
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(
    () => () => {
      if (pending.current) latest.current();
    },
    [],
  );
  useEffect(() => {
    if (found !== undefined) latest.current();
  }, [found]);
  const type = (next: string): void => {
    pending.current = next !== value;
    draft.keep(next === value ? undefined : next);
    setTyped(next);
  };
  const revert = (): void => {
    type(value);
    setRefusal(undefined);
  };
  return { typed, refusal, type, commit, revert };
}

// What the host answers to a question that changes: asked anew whenever its key does.
//
// 1. An answer to another question than is asked now is dropped.
// 2. The last answer stays until the next has come, with the key of what it answers.
import { useEffect, useRef, useState } from "react";

/** An answer, and the question that it is of. */
export interface Answered<Answer> {
  readonly key: string;
  readonly answer: Answer;
}

/** Asks once a key has stood for so many milliseconds, and nothing while there is none; undefined until something was answered. */
export function useAnswer<Answer>(key: string | undefined, ask: () => Promise<Answer>, standsMs = 0): Answered<Answer> | undefined {
  const [told, setTold] = useState<Answered<Answer>>();
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (key === undefined) return;
    let wanted = true;
    const timer = setTimeout(() => {
      latest.current().then(
        (answer) => wanted && setTold({ key, answer }), // invariant 1
        () => undefined, // the host has logged why
      );
    }, standsMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key, standsMs]);
  return told;
}

/** Names a question by what it depends on. */
export function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

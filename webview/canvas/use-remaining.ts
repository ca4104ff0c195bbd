import { useEffect, useState } from "react";
import { lookAgain, remaining } from "./deadline.js";

/** What is left until a time, in words; keeps itself current with one timer, and renders nothing else. */
export function useRemaining(at: number): { readonly words: string; readonly isOver: boolean } {
  const [now, setNow] = useState(Date.now);
  const left = remaining(at - now);
  const wait = lookAgain(left);
  const next = wait === undefined ? undefined : now + wait;
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(() => setNow(Date.now()), next - Date.now());
    return () => clearTimeout(timer);
  }, [next]);
  return { words: left.words, isOver: next === undefined };
}

import { use, useState } from "react";
import { useServices } from "../store/context.js";
import { Subject } from "./subject.js";

/** What is typed in a field and not committed yet. */
interface Draft {
  /** What was being typed when the canvas was hidden, which is to be committed. */
  readonly found: string | undefined;
  /** Keeps what is typed; undefined: it was committed, or let go. */
  readonly keep: (typed: string | undefined) => void;
}

/**
 * Keeps what is typed in a field for as long as that takes: an editor may be hidden without a word to its webview, as where somebody
 * whose pointer was elsewhere clicks on another tab.
 */
export function useDraft(name: string): Draft {
  const { session } = useServices();
  const subject = use(Subject);
  const of = `${name} of ${subject === undefined ? "graph" : Object.values(subject).join(" ")}`;
  const [found] = useState(() => session.takeDraft(of));
  return { found, keep: (typed) => session.keepDraft(of, typed) };
}

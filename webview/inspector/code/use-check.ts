// What the host says of a text with expressions, as it is typed.
//
// 1. An answer is kept with the text that it is of: for another one, places of problems mean nothing.
// 2. Typing waits for nothing.
import { useState } from "react";
import type { ExpressionText, ExpressionView } from "../../protocol/expressions.js";
import { useCanvas, useServices } from "../../store/context.js";
import { keyOf, useAnswer } from "../../store/use-answer.js";

/** Somebody who types pauses for so long at least, in milliseconds. */
const PAUSE_MS = 150;

/** What is known of a text. */
export interface CheckedText {
  readonly view: ExpressionView | undefined;
  /** It is of what is typed now. */
  readonly fresh: boolean;
}

/** Checks a text whenever it, the graph or the state of the run has changed; not while the run is at work, whose state moves. */
export function useCheck({ node, edge, field, text }: ExpressionText): CheckedText {
  const { host } = useServices();
  const revision = useCanvas((state) => state.graph?.revision);
  const stands = useCanvas((state) => (state.run.status === "running" ? undefined : state.run.sequence));
  const [stood, setStood] = useState(stands);
  if (stands !== undefined && stands !== stood) setStood(stands);
  const key = text.trim() === "" ? undefined : keyOf(node, edge, field, text, revision, stood); // of nothing there is nothing to say
  const place = { ...(node === undefined ? {} : { node }), ...(edge === undefined ? {} : { edge }), field, text };
  const told = useAnswer(
    key,
    // One that fails, of which the host has logged why, is an answer too: what was said before is of another text.
    async () => ({ text, view: await host.request("expression/check", place).catch(() => undefined) }),
    PAUSE_MS,
  );
  return { view: told?.answer.view, fresh: told?.answer.text === text };
}

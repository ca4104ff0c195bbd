import type { RunSession } from "../../../../runtime/run/session.js";
import { backTo, stepIn, stepOut, stepOver } from "../moves.js";
import type { Answers } from "../protocol.js";
import type { SessionParts } from "./session-parts.js";

/** Moving the run, forwards and backwards. */
export function motion({
  debugged,
  stage,
  list,
}: SessionParts): Answers<"continue" | "next" | "stepIn" | "stepOut" | "stepBack" | "reverseContinue" | "pause"> {
  const stops = (run: RunSession): boolean => list.all.met(stage.nameOf(run), run.moment).some(({ log }) => log === undefined);
  return {
    continue: () => {
      debugged.move((run) => run.continue(), "pause");
      return { allThreadsContinued: true };
    },
    next: ({ threadId, singleThread }) => {
      const branch = stage.branch(threadId);
      debugged.move((run) => stepOver(run, branch, singleThread === true), "step");
    },
    stepIn: ({ threadId }) => {
      const branch = stage.branch(threadId);
      debugged.move((run) => stepIn(run, branch), "step");
    },
    stepOut: ({ threadId }) => {
      const branch = stage.branch(threadId);
      debugged.move((run) => stepOut(run, branch), "step");
    },
    stepBack: () => debugged.move((run) => backTo(run, () => true), "step"),
    reverseContinue: () => debugged.move((run) => backTo(run, stops), "pause"),
    pause: () => void debugged.run?.drain(),
  };
}

import type { Moment } from "../../../../runtime/run/moment.js";
import { stepInto } from "../code-stepping.js";
import { backTo, stepBack, stepOut, stepOver } from "../moves.js";
import type { Answers } from "../protocol.js";
import type { SessionParts } from "./session-parts.js";

/** Moving the run, forwards and backwards. */
export function motion({
  target,
  debugged,
  stage,
  list,
}: SessionParts): Answers<"continue" | "next" | "stepIn" | "stepOut" | "stepBack" | "reverseContinue" | "pause"> {
  /** A breakpoint that tells something does not stop. */
  const stops = (moment: Moment, before: Moment): boolean =>
    list.all.met(stage.nameOf({ within: [] }), moment, before).some(({ log }) => log === undefined);
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
      debugged.move((run) => stepInto(target, run, branch), "step");
    },
    stepOut: ({ threadId }) => {
      const branch = stage.branch(threadId);
      debugged.move((run) => stepOut(run, branch), "step");
    },
    stepBack: () => debugged.move(stepBack, "step"),
    reverseContinue: () => debugged.move(async (run) => ((await backTo(run, stops)) ? "breakpoint" : "entry"), "entry"),
    pause: () => void debugged.run?.drain(),
  };
}

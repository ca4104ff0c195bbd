import { PatchbayError } from "../../../../runtime/errors.js";
import type { Answers, LaunchArguments } from "../protocol.js";
import type { SessionParts } from "./session-parts.js";

/** Beginning and ending. */
export function lifecycle({
  target,
  debugged,
}: SessionParts): Answers<"launch" | "attach" | "configurationDone" | "terminate" | "disconnect"> {
  let launched: LaunchArguments | undefined;
  return {
    launch: async (args) => {
      launched = args;
      await target.begin(args.input ?? {});
      debugged.follow();
    },
    attach: () => {
      if (target.run === undefined) throw new PatchbayError("RUN_FINISHED", "There is no run of this graph to attach to.");
      debugged.follow();
    },
    configurationDone: () => {
      if (launched === undefined || launched.stopOnEntry === true) debugged.show("entry");
      else debugged.move((run) => run.continue(), "pause");
    },
    terminate: async () => {
      await debugged.run?.stop();
    },
    disconnect: async ({ terminateDebuggee = launched !== undefined }) => {
      const { run } = debugged;
      debugged.letGo();
      if (terminateDebuggee) await run?.drain();
    },
  };
}

import { placeOf, replayTermsOf, type LaunchArguments } from "../launch.js";
import type { Answers } from "../protocol.js";
import type { SessionParts } from "./session-parts.js";

/** Beginning and ending. */
export function lifecycle({
  target,
  debugged,
  list,
}: SessionParts): Answers<"launch" | "attach" | "configurationDone" | "terminate" | "disconnect"> {
  let launched: LaunchArguments | undefined;
  const name = ({ graph, breakpoints = [] }: LaunchArguments): void => {
    const file = target.graph([]);
    if (file === undefined || breakpoints.length === 0) return;
    const named = breakpoints.map((each) => ({ place: placeOf(each, file.parsed), terms: typeof each === "string" ? {} : each }));
    for (const { message } of list.setNamed(file.path, named)) if (message !== undefined) debugged.warn(`${graph}: ${message}`);
  };
  return {
    launch: async (args) => {
      const { input = {}, store } = args;
      const replay = replayTermsOf(args.replay);
      await target.begin({ input, ...(store === undefined ? {} : { store }), ...(replay === undefined ? {} : { replay }) });
      launched = args;
      debugged.follow();
      name(args);
    },
    attach: ({ run, checkpoint }) => {
      target.attach({ ...(run === undefined ? {} : { run }), ...(checkpoint === undefined ? {} : { checkpoint }) });
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

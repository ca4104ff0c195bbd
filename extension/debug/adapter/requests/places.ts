import type { Answers } from "../protocol.js";
import { sourceOf } from "../stage.js";
import type { SessionParts } from "./session-parts.js";

/** Where the run stands. */
export function places({ debugged, stage }: SessionParts): Answers<"threads" | "stackTrace" | "loadedSources" | "exceptionInfo"> {
  return {
    threads: () => ({ threads: [...stage.threads] }),
    stackTrace: ({ threadId, startFrame = 0, levels = 0 }) => {
      const { frames, total } = stage.frames(threadId, startFrame, levels);
      return { stackFrames: [...frames], totalFrames: total };
    },
    loadedSources: () => ({ sources: stage.files.map(sourceOf) }),
    exceptionInfo: () => {
      const error = debugged.run?.frontier.error;
      const description = error === undefined ? {} : { description: error.message };
      return { exceptionId: error?.code ?? "", breakMode: "always", ...description };
    },
  };
}

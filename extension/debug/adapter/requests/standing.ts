import type { Answers } from "../protocol.js";
import { loadedSources } from "../sources.js";
import type { SessionParts } from "./session-parts.js";

/** Where the run stands. */
export function standing({ target, debugged, stage }: SessionParts): Answers<"threads" | "stackTrace" | "loadedSources" | "exceptionInfo"> {
  return {
    threads: () => ({ threads: [...stage.threads] }),
    stackTrace: ({ threadId, startFrame = 0, levels = 0 }) => {
      const { frames, total } = stage.frames(threadId, startFrame, levels);
      return { stackFrames: [...frames], totalFrames: total };
    },
    loadedSources: () => ({ sources: [...loadedSources(target)] }),
    exceptionInfo: () => debugged.exceptions.info(),
  };
}

import { useEffect } from "react";
import { isTyping } from "../canvas/keys.js";
import { useWalk } from "./use-walk.js";

/** The keys that VS Code's diff editor has for the next difference and the one before. */
export function useDiffKeys(): void {
  const walk = useWalk();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isWalk = (event.key === "F7" && !event.altKey) || (event.key === "F5" && event.altKey);
      if (!isWalk || event.ctrlKey || event.metaKey || isTyping(event)) return;
      event.preventDefault();
      event.stopPropagation();
      walk(event.shiftKey ? -1 : 1);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [walk]);
}

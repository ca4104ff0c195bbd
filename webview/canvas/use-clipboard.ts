// Copy, cut and paste on the canvas, by the browser's own events: VS Code's menus raise them, too.
import { useEffect, type RefObject } from "react";
import { useServices } from "../store/context.js";
import { spotAt } from "./add-place.js";
import { spelledOut } from "./annotations/clipboard-annotations.js";
import { copiedText, pasted, selectionOfPasted } from "./clipboard.js";
import { isTyping } from "./keys.js";
import type { Point } from "./stage.js";
import { removeIntents } from "./to-intents.js";
import { useScale } from "./use-scale.js";

/** Listens while the canvas is there. What is typed into a field is that field's. */
export function useClipboard(pointer: RefObject<Point | undefined>): void {
  const { store } = useServices();
  const scale = useScale();
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      const { shown, selection, edit } = store.getState();
      const text = shown === undefined || isElsewhere(event) ? undefined : copiedText(shown, selection);
      if (shown === undefined || text === undefined) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut") edit(removeIntents(shown, spelledOut(shown, selection)));
    };
    const onPaste = (event: ClipboardEvent): void => {
      const { shown, edit, select } = store.getState();
      if (shown === undefined || isElsewhere(event)) return;
      const { at, view } = spotAt(pointer.current, scale);
      const added = pasted(shown, event.clipboardData?.getData("text/plain") ?? "", at, view);
      if (added === undefined) return;
      event.preventDefault();
      edit(added.intents);
      select(selectionOfPasted(added));
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [store, scale, pointer]);
}

/** A field has the focus, or text is marked that is to be copied. */
function isElsewhere(event: ClipboardEvent): boolean {
  return isTyping(event) || (event.type !== "paste" && document.getSelection()?.isCollapsed === false);
}

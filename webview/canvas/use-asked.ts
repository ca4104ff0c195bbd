import { useEffect, type RefObject } from "react";
import { useCanvas, useServices } from "../store/context.js";
import { spotAt } from "./add-place.js";
import { actionFor } from "./asked.js";
import { pasted, selectionOfPasted } from "./clipboard.js";
import type { KeyAction } from "./keys.js";
import type { Point } from "./stage.js";
import { useScale } from "./use-scale.js";

/** Does what commands of VS Code ask of the canvas. */
export function useAsked(perform: (action: KeyAction) => void, pointer: RefObject<Point | undefined>): void {
  const { store } = useServices();
  const asked = useCanvas((state) => state.asked);
  const scale = useScale();
  useEffect(() => {
    if (asked === undefined) return;
    if (asked.action !== "paste") return perform(actionFor(asked.action));
    const { shown, edit, select, notify } = store.getState();
    if (shown === undefined) return;
    const { at, view } = spotAt(pointer.current, scale);
    const added = pasted(shown, asked.text ?? "", at, view);
    if (added === undefined) return notify("There are no nodes or notes on the clipboard.");
    edit(added.intents);
    select(selectionOfPasted(added));
  }, [asked, perform, pointer, scale, store]);
}

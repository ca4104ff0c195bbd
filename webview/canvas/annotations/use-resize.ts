import { useRef, useState } from "react";
import { useReactFlow } from "reactflow";
import { LEAST_NOTE } from "../../../runtime/model/annotation.js";
import type { NoteView } from "../../protocol/views.js";
import { useServices } from "../../store/context.js";
import { snapped } from "../geometry.js";
import { resizeIntents } from "./annotation-intents.js";

interface Size {
  readonly width: number;
  readonly height: number;
}

type Corner = Pick<React.HTMLAttributes<HTMLElement>, "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel">;

/** The size of a note while its corner is dragged, on the grid; the document hears of it at the end. */
export function useResize(note: NoteView): { readonly size: Size; readonly corner: Corner } {
  const { store } = useServices();
  const { getZoom } = useReactFlow();
  const from = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const [dragged, setDragged] = useState<Size>();
  const size = dragged ?? { width: note.box[2], height: note.box[3] };
  const end = (): void => {
    from.current = undefined;
    setDragged(undefined);
  };
  const corner: Corner = {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event) => {
      if (from.current === undefined) return;
      const zoom = getZoom();
      const [wide, high] = [(event.clientX - from.current.x) / zoom, (event.clientY - from.current.y) / zoom];
      const [width, height] = snapped([note.box[2] + wide, note.box[3] + high]);
      setDragged({ width: Math.max(width, LEAST_NOTE.width), height: Math.max(height, LEAST_NOTE.height) });
    },
    onPointerUp: () => {
      if (dragged !== undefined) store.getState().edit(resizeIntents(note, dragged.width, dragged.height));
      end();
    },
    onPointerCancel: end,
  };
  return { size, corner };
}

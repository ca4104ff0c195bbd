import { useCanvas, useServices } from "../store/context.js";
import { NARROWEST, WIDEST } from "../store/surface-slice.js";

const STEP = 20;

/** The edge of the inspector, dragged or moved with the arrow keys to make it wider. */
export function Sash(): React.ReactElement {
  const { store } = useServices();
  const width = useCanvas(({ inspector }) => inspector.width);
  const resize = (wanted: number): void => store.getState().setInspector({ width: wanted });
  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: React.PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const way = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    resize(width + way * STEP);
  };
  return (
    <div
      className="sash"
      role="separator"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-label="Width of the inspector"
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}

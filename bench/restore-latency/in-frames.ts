// What is done inside of the frames of the workbench and of the canvas: sent there as text, so that each part stands for itself.

/** A canvas that was drawn, in milliseconds since the epoch. */
export interface Drawn {
  readonly at: number;
  /** When what it shows had arrived. */
  readonly arrived: number;
  /** Which superstep it shows as restored. */
  readonly superstep: number;
}

interface Kept {
  arrived: (message: { readonly name?: string; readonly params?: { readonly restoredFrom?: number } }) => void;
}

interface CanvasFrame {
  readonly kept: Kept;
  drawn: Drawn[];
}

interface WorkbenchFrame {
  clicked: number[];
}

/** Notes each restored moment once the canvas has drawn it. */
export function watchCanvas(): void {
  const frame = globalThis as unknown as CanvasFrame;
  frame.drawn = [];
  frame.kept.arrived = ({ name, params }) => {
    const superstep = params?.restoredFrom;
    if (name !== "run/changed" || superstep === undefined) return;
    const now = (): number => performance.timeOrigin + performance.now();
    const arrived = now();
    requestAnimationFrame(() => setTimeout(() => frame.drawn.push({ at: now(), arrived, superstep })));
  };
}

/** What was drawn since it was asked last. */
export function takeDrawn(): readonly Drawn[] {
  return (globalThis as unknown as CanvasFrame).drawn.splice(0);
}

/** Notes when the mouse clicks, in milliseconds since the epoch. */
export function watchClicks(): void {
  const frame = globalThis as unknown as WorkbenchFrame;
  frame.clicked = [];
  addEventListener("click", ({ timeStamp }) => frame.clicked.push(performance.timeOrigin + timeStamp), { capture: true });
}

/** The clicks since it was asked last. */
export function takeClicks(): readonly number[] {
  return (globalThis as unknown as WorkbenchFrame).clicked.splice(0);
}

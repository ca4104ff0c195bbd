// What is done inside of the page: sent there as text, so that each part stands for itself.
import type { RunView } from "../../webview/protocol/views.js";

declare global {
  interface Window {
    /** When frames began, in milliseconds, and what the page showed in each. */
    seen: { readonly at: number; readonly shown: string }[];
    watching: boolean;
  }
}

/** Notes each frame, with where what `selector` finds is moved to, until `watching` is taken away. */
export function watchFrames(selector: string): void {
  window.seen = [];
  window.watching = true;
  const note = (): void => {
    const element = document.querySelector<HTMLElement>(selector);
    window.seen.push({ at: performance.now(), shown: element?.style.transform ?? "" });
    if (window.watching) requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

/** Resolves when two frames more have been drawn. */
export function twoFrames(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

interface Looked {
  readonly nodes: readonly { readonly id: string; readonly position: readonly [number, number] }[];
  readonly x: number;
  readonly y: number;
}

/** The node nearest to a point of the page, and a point of the page where it can be taken hold of. */
export function nearestNode({ nodes, x, y }: Looked): { readonly node: string; readonly x: number; readonly y: number } {
  const viewport = document.querySelector(".react-flow__viewport");
  const { a: zoom, e: left, f: top } = new DOMMatrix(viewport === null ? "" : getComputedStyle(viewport).transform);
  const places = nodes.map(({ id, position }) => ({ node: id, x: left + (position[0] + 80) * zoom, y: top + (position[1] + 25) * zoom }));
  const [nearest] = places.sort((one, other) => Math.hypot(one.x - x, one.y - y) - Math.hypot(other.x - x, other.y - y));
  if (nearest === undefined) throw new Error("There is no node.");
  return nearest;
}

/** What `tellEvents` is to do. */
export interface Events {
  readonly run: RunView;
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  readonly aSecond: number;
  readonly ms: number;
}

/** Tells the canvas of a run that goes on, as the host does: what happened in 16 ms together. Gives how many events there were. */
export async function tellEvents({ run, nodes, edges, aSecond, ms }: Events): Promise<number> {
  const shown = { nodes: { ...run.nodes }, edges: { ...run.edges } };
  let [told, sequence] = [0, run.sequence];
  const started = performance.now();
  const event = (index: number): void => {
    const node = nodes[(index >> 1) % nodes.length] ?? "";
    const edge = edges[index % edges.length] ?? "";
    shown.nodes[node] =
      index % 2 === 0 ? { status: "running", count: 1 } : { status: "done", count: 1 + Math.floor(index / nodes.length), ms: 3 };
    shown.edges[edge] = 10 + (index >> 6);
  };
  while (performance.now() - started < ms) {
    await new Promise((resolve) => setTimeout(resolve, 16));
    const due = Math.floor(((performance.now() - started) * aSecond) / 1000);
    for (; told < due; told += 1) event(told);
    sequence += 1;
    window.postMessage({ kind: "notification", name: "run/changed", params: { ...run, ...shown, superstep: told >> 6, sequence } }, "*");
  }
  return told;
}

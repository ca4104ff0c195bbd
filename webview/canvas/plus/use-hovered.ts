import { useEffect, useState } from "react";
import { edgeOf, nodeOf } from "../elements.js";

/** What a plus belongs to: an edge, or a port of a node. */
export type Hovered = { readonly edge: string } | { readonly node: string; readonly port: "out" | "in" };

/** How long a plus stays when the pointer has left, so that it can be reached. */
const LINGER_MS = 400;

/** The edge or port that the pointer is on, or just was on its way to the plus. One listener, however many there are. */
export function useHovered(): Hovered | undefined {
  const [hovered, setHovered] = useState<Hovered>();
  useEffect(() => {
    let leaving: number | undefined;
    const stay = (): void => {
      window.clearTimeout(leaving);
      leaving = undefined;
    };
    const onOver = (event: PointerEvent): void => {
      if (!(event.target instanceof Element)) return;
      if (event.buttons !== 0) return leave(0);
      if (event.target.closest(".plus") !== null) return stay();
      const found = hoveredAt(event.target);
      if (found === undefined) return leave(LINGER_MS);
      stay();
      setHovered((before) => (before !== undefined && same(before, found) ? before : found));
    };
    const leave = (ms: number): void => {
      leaving ??= window.setTimeout(() => {
        leaving = undefined;
        setHovered(undefined);
      }, ms);
    };
    const onDown = (event: PointerEvent): void => {
      if (event.target instanceof Element && event.target.closest(".plus") !== null) return;
      stay();
      setHovered(undefined);
    };
    document.addEventListener("pointerover", onOver, { passive: true });
    document.addEventListener("pointerdown", onDown, { passive: true, capture: true });
    return () => {
      stay();
      document.removeEventListener("pointerover", onOver);
      document.removeEventListener("pointerdown", onDown, { capture: true });
    };
  }, []);
  return hovered;
}

function hoveredAt(target: Element): Hovered | undefined {
  const port = target.closest(".react-flow__handle");
  const node = port === null ? undefined : nodeOf(port);
  if (port !== null && node !== undefined) return { node, port: port.classList.contains("source") ? "out" : "in" };
  const edge = edgeOf(target);
  return edge === undefined ? undefined : { edge };
}

function same(a: Hovered, b: Hovered): boolean {
  return "edge" in a ? "edge" in b && a.edge === b.edge : "node" in b && a.node === b.node && a.port === b.port;
}

import { useMemo } from "react";
import { places } from "../canvas/geometry.js";
import { drawnWires, type DrawnWire, type Places } from "../edges/drawn-wires.js";
import { useCanvas } from "../store/context.js";

/** The edges that differ: as they run on this side, and as they would run where the other side has them. */
export function useDrawnWires(): { readonly own: readonly DrawnWire[]; readonly ghosts: readonly DrawnWire[] } {
  const diff = useCanvas((state) => state.diff);
  const shown = useCanvas((state) => state.shown);
  const drag = useCanvas((state) => state.drag);
  return useMemo(() => {
    if (diff === undefined || shown === undefined) return { own: [], ghosts: [] };
    const differs = new Set(diff.entries.filter(({ section }) => section === "edges").map(({ id }) => id));
    if (differs.size + diff.ghosts.edges.length === 0) return { own: [], ghosts: [] };
    const own: Places = new Map([...places(shown), ...Object.entries(drag ?? {})]);
    const other: Places = new Map([...own, ...Object.entries(diff.ghosts.places)]);
    const isDrawn = (id: string): boolean => differs.has(id);
    const { edges, orientation } = shown;
    return { own: drawnWires(edges, own, orientation, isDrawn), ghosts: drawnWires(diff.ghosts.edges, other, orientation) };
  }, [diff, shown, drag]);
}

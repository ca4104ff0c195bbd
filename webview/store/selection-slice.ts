import type { Position } from "../../runtime/model/graph.js";
import { movesOf } from "../canvas/annotations/boxes.js";
import type { Host } from "./channel.js";
import { nothing, withChanges, type Selection } from "./selection.js";
import type { GetState, SelectionSlice, SetState } from "./state.js";

/** What is selected, and where nodes are while they are dragged. */
export function selectionSlice(set: SetState, get: GetState, host: Host): SelectionSlice {
  const select = (selection: Selection): void => {
    const before = get().selection;
    if (selection.nodes === before.nodes && selection.edges === before.edges) return;
    set({ selection });
    host.command("selection/changed", { nodes: [...selection.nodes], edges: [...selection.edges] });
  };
  return {
    selection: nothing,
    drag: undefined,
    select,
    changeSelection: (nodes, edges) => {
      const { selection } = get();
      select({ nodes: withChanges(selection.nodes, nodes), edges: withChanges(selection.edges, edges) });
    },
    dragTo: (positions) => {
      const { shown, drag } = get();
      const moves = shown === undefined ? positions : movesOf(shown, positions);
      if (drag === undefined || Object.entries(moves).some(([id, place]) => !isSamePlace(drag[id], place)))
        set({ drag: { ...drag, ...moves } });
    },
    endDrag: () => set({ drag: undefined }),
  };
}

/** A pointer moves on while what it drags stays on a place of the grid. */
function isSamePlace(a: Position | undefined, b: Position): boolean {
  return a !== undefined && a[0] === b[0] && a[1] === b[1];
}

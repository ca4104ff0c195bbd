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
    dragTo: (positions) => set({ drag: { ...get().drag, ...positions } }),
    endDrag: () => set({ drag: undefined }),
  };
}

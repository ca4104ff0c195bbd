import type { GraphView } from "../../protocol/views.js";
import type { Selection } from "../../store/selection.js";
import type { CanvasStore } from "../../store/store.js";

/** Lets the name of a node or group, or the text of a note, be typed in its place. */
export function startNaming(store: CanvasStore, id: string | undefined): void {
  const { shown, rename } = store.getState();
  rename(shown?.readOnly === true ? undefined : id);
}

/** Whether a note is selected alone. */
export function isNote({ notes }: GraphView, { nodes, edges }: Selection): boolean {
  return nodes.length === 1 && edges.length === 0 && notes.some(({ id }) => id === nodes[0]);
}

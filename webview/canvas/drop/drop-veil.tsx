import "./drop.css";
import { useCanvas } from "../../store/context.js";
import { Icon } from "../icon.js";
import { useDrop } from "./use-drop.js";

/** While something is dragged over the canvas: what a drop would do. */
export function DropVeil(): React.ReactElement | null {
  const dropping = useDrop();
  const onto = dropping?.onto;
  const label = useCanvas((state) => {
    const node = onto === undefined ? undefined : state.shown?.nodes.find(({ id }) => id === onto);
    return node !== undefined && ["code", "map", "subgraph"].includes(node.kind) ? node.label : undefined;
  });
  if (dropping === undefined) return null;
  return (
    <div className="drop-veil" data-testid="drop">
      <p className="drop-words">
        <Icon name={label === undefined ? "add" : "replace"} />
        {label === undefined ? "Drop a handler or a graph to add a node" : `Drop to let “${label}” run this`}
      </p>
    </div>
  );
}

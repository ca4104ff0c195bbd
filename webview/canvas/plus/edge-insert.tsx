import "./plus.css";
import { ViewportPortal } from "reactflow";
import { edgePath } from "../elements.js";
import { EdgeLabel } from "../label-layer.js";
import { useCanvas } from "../../store/context.js";

/** The edge that a dragged node would be put onto, lit, with a plus in its middle. */
export function EdgeInsert(): React.ReactElement | null {
  const edge = useCanvas((state) => state.receiving);
  const path = edge === undefined ? undefined : pathOf(edge);
  if (path === undefined) return null;
  return (
    <>
      <EdgeLabel>
        <svg className="drawing edge-insert" aria-hidden="true" data-testid="edge-insert" data-edge={edge}>
          <path d={path.way} />
        </svg>
      </EdgeLabel>
      <ViewportPortal>
        <span className="edge-insert-plus codicon codicon-add" style={{ transform: `translate(${path.x}px, ${path.y}px)` }} />
      </ViewportPortal>
    </>
  );
}

/** The way of an edge as it is drawn, and its middle. */
function pathOf(edge: string): { readonly way: string; readonly x: string; readonly y: string } | undefined {
  const drawn = edgePath(edge);
  if (drawn === undefined) return undefined;
  const { x, y } = drawn.getPointAtLength(drawn.getTotalLength() / 2);
  return { way: drawn.getAttribute("d") ?? "", x: String(x), y: String(y) };
}

import { useMemo } from "react";
import { useReactFlow } from "reactflow";
import type { Scale } from "./add-place.js";
import { exact } from "./stage.js";

/** How the page and the canvas lie to one another, whenever it is asked. */
export function useScale(): Scale {
  const { screenToFlowPosition, flowToScreenPosition } = useReactFlow();
  return useMemo(
    () => ({ toFlow: (screen) => screenToFlowPosition(screen, exact), toScreen: flowToScreenPosition }),
    [screenToFlowPosition, flowToScreenPosition],
  );
}

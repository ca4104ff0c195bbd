import { createContext, use, useMemo } from "react";
import { createPortal } from "react-dom";
import { useStore } from "reactflow";

const LabelLayer = createContext<Element | null>(null);

/**
 * Finds the layer that React Flow has for the labels of edges, once for all of them: its own renderer of labels looks for it again for
 * each label whenever anything changes, which takes a third of a millisecond each in a large graph.
 */
export function LabelLayerProvider({ children }: React.PropsWithChildren): React.ReactElement {
  const flow = useStore(({ domNode }) => domNode);
  const layer = useMemo(() => flow?.querySelector(".react-flow__edgelabel-renderer") ?? null, [flow]);
  return <LabelLayer value={layer}>{children}</LabelLayer>;
}

/** Draws its children among the labels of edges, above the wires. */
export function EdgeLabel({ children }: React.PropsWithChildren): React.ReactElement | null {
  const layer = use(LabelLayer);
  return layer === null ? null : createPortal(children, layer);
}

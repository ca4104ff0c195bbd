// The elements that React Flow makes of nodes and edges, and back.

/** The element of a node. */
export function nodeElement(id: string): Element | null {
  return document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
}

/** The element of an edge. */
export function edgeElement(id: string): Element | null {
  return document.querySelector(`.react-flow__edge[data-id="${CSS.escape(id)}"]`);
}

/** The way of an edge as it is drawn; undefined where it is not. */
export function edgePath(id: string): SVGPathElement | undefined {
  const path = edgeElement(id)?.querySelector("path");
  return path instanceof SVGPathElement ? path : undefined;
}

/** The node that an element is a part of. */
export function nodeOf(element: Element): string | undefined {
  return element.closest(".react-flow__node")?.getAttribute("data-id") ?? undefined;
}

/** The edge that an element is a part of, or the pill of. */
export function edgeOf(element: Element): string | undefined {
  const edge = element.closest(".react-flow__edge")?.getAttribute("data-id");
  return edge ?? element.closest("[data-pill]")?.getAttribute("data-pill") ?? undefined;
}

import { breakpointsOf } from "./breakpoints.js";
import type { Selection } from "../store/selection.js";
import type { WireData } from "./flow-types.js";

/** What VS Code's context menu of an element is chosen by and passes to the command; one element's name is one of these. */
interface MenuSubject {
  readonly webviewSection: "node" | "edge" | "note" | "group" | "canvas";
  readonly [name: string]: string | boolean | number;
}

/** The attribute that VS Code reads an element's context menu from; the browser's own entries for text are left out. */
export function menuOf(subject: MenuSubject): { readonly "vscode-context": string } {
  return { "vscode-context": JSON.stringify({ ...subject, preventDefaultContextMenuItems: true }) };
}

/** The context menu of an edge. */
export function edgeMenu({ view, forced, breakpoints }: WireData): { readonly "vscode-context": string } {
  return menuOf({ webviewSection: "edge", edge: view.id, forced: forced?.now === true, breakpoint: breakpointsOf(breakpoints) });
}

/** The context menu of the canvas, where nothing is; and what those of nodes and edges know of what is selected. */
export function canvasMenu({ nodes, edges }: Selection): { readonly "vscode-context": string } {
  return menuOf({ webviewSection: "canvas", selected: nodes.length, selectedEdges: edges.length });
}

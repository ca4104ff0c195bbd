// Context menus are VS Code's own: it reads what they are about from attributes around the pointer.
//
// 1. A menu is about what is under the pointer, and that is selected: a menu on what is not selected selects it first.
// 2. A menu that a key asks for is about what is selected, wherever the keyboard's focus is on the canvas.
// 3. What is chosen in a menu happens where the menu was opened, wherever the pointer went since.
import { useEffect, type RefObject } from "react";
import type { CanvasStore } from "../store/store.js";
import { useServices } from "../store/context.js";
import { edgeElement, edgeOf, nodeElement, nodeOf } from "./elements.js";
import { canvasMenu } from "./menus.js";
import { edgeMiddle, type Point } from "./stage.js";

/** Sees to it while the canvas is there; `pointer` is where what is chosen happens. */
export function useMenus(pointer: RefObject<Point | undefined>): void {
  const { store } = useServices();
  useEffect(() => {
    const onMenu = (event: MouseEvent): void => {
      const canvas = event.target instanceof Element ? event.target.closest('[data-surface="canvas"]') : null;
      const subject = canvas === null ? selectedElement(store) : undefined;
      if (canvas === null && (event.target !== document.body || subject === undefined)) return;
      if (isByKey(event) && !isOnSubject(event.target)) return redirect(event, selectedElement(store)); // invariant 2
      selectUnder(store, event.target); // invariant 1
      pointer.current = { x: event.clientX, y: event.clientY }; // invariant 3
    };
    const describe = (): void => {
      const about = canvasMenu(store.getState().selection)["vscode-context"];
      document.querySelector('[data-surface="canvas"]')?.setAttribute("data-vscode-context", about);
    };
    describe();
    const unsubscribe = store.subscribe((state, before) => state.selection !== before.selection && describe());
    document.addEventListener("contextmenu", onMenu, { capture: true });
    return () => {
      unsubscribe();
      document.removeEventListener("contextmenu", onMenu, { capture: true });
    };
  }, [store, pointer]);
}

/** A menu that comes from a key has no button. */
function isByKey(event: MouseEvent): boolean {
  return event.button !== 2 && !event.ctrlKey; // Ctrl and a click, on a Mac
}

function isOnSubject(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".react-flow__node, .react-flow__edge, [data-pill]") !== null;
}

function redirect(event: MouseEvent, to: Element | undefined): void {
  if (to === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const box = to.getBoundingClientRect();
  const edge = to.classList.contains("react-flow__edge") ? edgeMiddle(to.getAttribute("data-id") ?? "") : undefined;
  const { x, y } = edge ?? { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  to.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, composed: true, button: 2, clientX: x, clientY: y }));
}

function selectUnder(store: CanvasStore, target: EventTarget | null): void {
  if (!(target instanceof Element)) return;
  const { selection, select } = store.getState();
  const [node, edge] = [nodeOf(target), edgeOf(target)];
  if (node !== undefined && !selection.nodes.includes(node)) select({ nodes: [node], edges: [] });
  else if (edge !== undefined && !selection.edges.includes(edge)) select({ nodes: [], edges: [edge] });
}

function selectedElement(store: CanvasStore): Element | undefined {
  const { nodes, edges } = store.getState().selection;
  const [node, edge] = [nodes.at(-1), edges.at(-1)];
  if (node !== undefined) return nodeElement(node) ?? undefined;
  return edge === undefined ? undefined : (edgeElement(edge) ?? undefined);
}

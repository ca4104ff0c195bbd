// Files and text that are dragged from elsewhere and dropped on the canvas. VS Code lets a webview have a drag only while Shift is
// held; what its explorer drags is named by URIs, which the host reads: only it knows what a graph may name.
import { useEffect, useState } from "react";
import { useServices } from "../../store/context.js";
import type { CanvasServices } from "../../store/context.js";
import type { PalettePlace } from "../../store/state.js";
import { placeAt, spotAt, type Scale, type Spot } from "../add-place.js";
import { pasted, selectionOfPasted } from "../clipboard.js";
import { nodeOf } from "../elements.js";
import { isTyping } from "../keys.js";
import { stage } from "../stage.js";
import { useScale } from "../use-scale.js";
import { droppedIntents, droppedUris, isWelcome } from "./dropped.js";

/** Something is dragged over the canvas; `onto` is the node under it. */
export interface Dropping {
  readonly onto: string | undefined;
}

/** Takes drops while the canvas is there; tells what is dragged over it. */
export function useDrop(): Dropping | undefined {
  const services = useServices();
  const scale = useScale();
  const [dropping, setDropping] = useState<Dropping>();
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (event.dataTransfer === null || !isWelcome(event.dataTransfer.types) || !isForGraph(event)) return setDropping(undefined);
      if (services.store.getState().shown?.readOnly !== false) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      const onto = nodeUnder(event);
      setDropping((before) => (before !== undefined && before.onto === onto ? before : { onto }));
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDropping(undefined); // it left the page
    };
    const onDrop = (event: DragEvent): void => {
      setDropping(undefined);
      if (event.dataTransfer === null || !isWelcome(event.dataTransfer.types) || !isForGraph(event)) return;
      event.preventDefault();
      void take(services, scale, event.dataTransfer, { x: event.clientX, y: event.clientY, onto: nodeUnder(event) });
    };
    const onEnd = (): void => setDropping(undefined);
    document.addEventListener("dragenter", onOver);
    document.addEventListener("dragover", onOver);
    document.addEventListener("dragleave", onLeave);
    document.addEventListener("drop", onDrop);
    document.addEventListener("dragend", onEnd);
    return () => {
      document.removeEventListener("dragenter", onOver);
      document.removeEventListener("dragover", onOver);
      document.removeEventListener("dragleave", onLeave);
      document.removeEventListener("drop", onDrop);
      document.removeEventListener("dragend", onEnd);
    };
  }, [services, scale]);
  return dropping;
}

/** What is dropped into a field is that field's; the inspector takes nothing else. */
function isForGraph(event: DragEvent): boolean {
  return !isTyping(event) && event.target instanceof Node && stage()?.contains(event.target) === true;
}

function nodeUnder({ target }: DragEvent): string | undefined {
  return target instanceof Element ? nodeOf(target) : undefined;
}

interface Where {
  readonly x: number;
  readonly y: number;
  readonly onto: string | undefined;
}

/** What a drag carries can be read in the turn of the drop alone, but for the text of files. */
async function take(services: CanvasServices, scale: Scale, data: DataTransfer, { x, y, onto }: Where): Promise<void> {
  const uris = droppedUris((type) => data.getData(type));
  const words = data.getData("text/plain");
  const files = [...data.files].map((file) => file.text());
  if (uris.length > 0) await takeFiles(services, uris, placeAt({ x, y }, scale), onto);
  else takeText(services, [words, ...(await Promise.all(files))], spotAt({ x, y }, scale));
}

async function takeFiles(
  { store, host }: CanvasServices,
  uris: readonly string[],
  place: PalettePlace,
  onto: string | undefined,
): Promise<void> {
  try {
    const { files, refused } = await host.request("files/place", { uris: [...uris] });
    const { shown, edit, select, notify } = store.getState();
    if (shown === undefined) return;
    const { intents, ids } = droppedIntents(shown, files, place, onto);
    edit(intents);
    if (ids.length > 0) select({ nodes: ids, edges: [] });
    if (refused.length > 0) notify(refused.join(" "));
  } catch (error) {
    store.getState().notify(error instanceof Error ? error.message : String(error));
  }
}

function takeText({ store }: CanvasServices, texts: readonly string[], { at, view }: Spot): void {
  const { shown, edit, select, notify } = store.getState();
  if (shown === undefined) return;
  const added = texts.map((text) => pasted(shown, text, at, view)).find((each) => each !== undefined);
  if (added === undefined) return notify("There are no nodes in what was dropped.");
  edit(added.intents);
  select(selectionOfPasted(added));
}

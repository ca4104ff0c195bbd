import "./palette.css";
import { useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useCanvas, useServices } from "../../store/context.js";
import type { PalettePlace } from "../../store/state.js";
import { startNaming } from "../annotations/start-naming.js";
import { focusNode, stage } from "../stage.js";
import { useKeepInView } from "../use-reveal.js";
import { chosenIntents } from "./chosen.js";
import { PaletteList, rowId } from "./palette-list.js";
import { movedTo } from "./moved-to.js";
import { rowsOf, sections, type Row } from "./sections.js";

/** The searchable list of all that can be added, where one was asked for. */
export function Palette(): React.ReactElement | null {
  const place = useCanvas((state) => state.palette);
  return place === undefined ? null : <OpenPalette key={`${String(place.x)} ${String(place.y)}`} place={place} />;
}

function OpenPalette({ place }: { readonly place: PalettePlace }): React.ReactElement {
  const { store } = useServices();
  const offers = useCanvas((state) => state.offers);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const searched = useDeferredValue(typed);
  const shown = useMemo(() => sections(searched, offers), [searched, offers]);
  const rows = useMemo(() => rowsOf(shown), [shown]);
  const active = Math.min(at, rows.length - 1);
  const choose = useChoose(place);
  useLoadedOffers();
  const highest = useRef(0);
  useLayoutEffect(() => {
    if (shown.length > 0) highest.current = keepOnStage(box.current, place, highest.current);
  }, [place, shown]);
  useLayoutEffect(() => {
    document.getElementById(rowId(active))?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
    const next = movedTo(event.key, active, rows.length);
    // What is typed so far is what counts, also where the list lags behind.
    const chosen = searched === typed ? rows[active] : rowsOf(sections(typed, offers))[0];
    if (next !== undefined) setAt(next);
    else if (event.key === "Enter" && chosen !== undefined) choose(chosen);
    else if (event.key === "Escape" || event.key === "Tab") store.getState().closePalette();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="palette"
      ref={box}
      role="dialog"
      aria-label={titleOf(place)}
      style={{ left: place.x, top: place.y }}
      onKeyDown={onKeyDown}
    >
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={rowId(active)}
        aria-autocomplete="list"
        aria-label="Kind, snippet, handler, graph or name of the new node"
        placeholder={`${titleOf(place)}…`}
        autoFocus
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onBlur={() => store.getState().closePalette()}
      />
      <PaletteList sections={shown} faults={offers.faults} active={active} hover={setAt} choose={choose} />
      <span className="unseen" role="status">
        {typed.trim() === "" ? "" : `${String(rows.length)} found`}
      </span>
    </div>
  );
}

function titleOf({ edge, looseEnd }: PalettePlace): string {
  if (edge !== undefined) return "Add a node on this edge";
  return looseEnd === undefined ? "Add a node" : "Add a node and connect it";
}

/** Asks the host anew whenever the palette opens; what it said last is shown meanwhile. */
function useLoadedOffers(): void {
  const { store, host } = useServices();
  useEffect(() => {
    host.request("palette/load", {}).then(
      (offers) => store.getState().receiveOffers(offers),
      () => undefined, // the kinds are there all the same; why the host cannot say is in its log
    );
  }, [store, host]);
}

function useChoose(place: PalettePlace): (row: Row) => void {
  const { store, host } = useServices();
  const keepInView = useKeepInView();
  return ({ entry }) => {
    const { shown, edit, select, closePalette } = store.getState();
    closePalette();
    if (shown === undefined) return;
    const { ids, intents } = chosenIntents(shown, entry.offer, place);
    edit(intents);
    select({ nodes: ids, edges: [] });
    if (place.view !== undefined) keepInView(ids);
    host.command("palette/chosen", { key: entry.key });
    const [first] = ids;
    if (entry.offer.type === "note") return startNaming(store, first);
    if (first !== undefined) requestAnimationFrame(() => focusNode(first));
  };
}

/** Moves a palette that would stick out of the stage; it keeps its place while somebody types, however few lines are left. */
function keepOnStage(box: HTMLElement | null, { x, y }: PalettePlace, highest: number): number {
  const room = stage()?.getBoundingClientRect();
  if (box === null || room === undefined) return highest;
  const height = Math.max(box.offsetHeight, highest);
  box.style.left = `${String(Math.max(8, Math.min(x, room.width - box.offsetWidth - 8)))}px`;
  box.style.top = `${String(Math.max(8, Math.min(y, room.height - height - 8)))}px`;
  return height;
}

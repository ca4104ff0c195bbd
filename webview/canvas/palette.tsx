import "./palette.css";
import { useLayoutEffect, useRef, useState } from "react";
import { useCanvas, useServices } from "../store/context.js";
import type { PalettePlace } from "../store/state.js";
import { freePlace } from "./geometry.js";
import { Icon } from "./icon.js";
import { paletteItems, type PaletteItem } from "./palette-items.js";
import { focusNode, stage } from "./stage.js";
import { addIntents } from "./to-intents.js";

/** The searchable list of kinds, where one was asked for. */
export function Palette(): React.ReactElement | null {
  const place = useCanvas((state) => state.palette);
  return place === undefined ? null : <OpenPalette place={place} />;
}

function OpenPalette({ place }: { readonly place: PalettePlace }): React.ReactElement {
  const { store } = useServices();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const items = paletteItems(typed);
  useLayoutEffect(() => keepOnStage(box.current, place), [place]);

  const choose = (item: PaletteItem): void => {
    const { shown, edit, select, closePalette } = store.getState();
    closePalette();
    if (shown === undefined) return;
    const { id, intents } = addIntents(shown, {
      kind: item.look.kind,
      position: freePlace(shown, place.position),
      ...(item.name === undefined ? {} : { name: item.name }),
      ...(place.looseEnd === undefined ? {} : { looseEnd: place.looseEnd }),
    });
    edit(intents);
    select({ nodes: [id], edges: [] });
    requestAnimationFrame(() => focusNode(id));
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = items[at];
    if (step !== undefined) setAt((at + step + items.length) % items.length);
    else if (event.key === "Enter" && chosen !== undefined) choose(chosen);
    else if (event.key === "Escape" || event.key === "Tab") store.getState().closePalette();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="palette" ref={box} role="dialog" aria-label="Add a node" style={{ left: place.x, top: place.y }} onKeyDown={onKeyDown}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={`palette-${String(at)}`}
        aria-label="Kind or name of the new node"
        placeholder="Add a node…"
        autoFocus
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onBlur={() => store.getState().closePalette()}
      />
      <ul className="palette-list" id="palette-list" role="listbox" aria-label="Kinds">
        {items.map((item, index) => (
          <Line
            key={item.look.kind}
            item={item}
            id={`palette-${String(index)}`}
            active={index === at}
            hover={() => setAt(index)}
            choose={() => choose(item)}
          />
        ))}
      </ul>
    </div>
  );
}

interface LineProps {
  readonly item: PaletteItem;
  readonly id: string;
  readonly active: boolean;
  readonly hover: () => void;
  readonly choose: () => void;
}

function Line({ item: { look, name }, id, active, hover, choose }: LineProps): React.ReactElement {
  return (
    <li
      id={id}
      className="palette-item"
      role="option"
      aria-selected={active}
      data-kind={look.kind}
      onPointerMove={hover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <span className="card-kind" data-kind={look.kind}>
        <Icon name={look.icon} />
      </span>
      <span className="palette-title">{name === undefined ? look.title : `${look.title} “${name}”`}</span>
      <span className="palette-hint">{look.hint}</span>
    </li>
  );
}

/** Moves a palette that would stick out of the stage. */
function keepOnStage(box: HTMLElement | null, { x, y }: PalettePlace): void {
  const room = stage()?.getBoundingClientRect();
  if (box === null || room === undefined) return;
  box.style.left = `${String(Math.max(8, Math.min(x, room.width - box.offsetWidth - 8)))}px`;
  box.style.top = `${String(Math.max(8, Math.min(y, room.height - box.offsetHeight - 8)))}px`;
}

import "./find-box.css";
import { useEffect, useRef } from "react";
import { useCanvas, useServices } from "../store/context.js";
import { find, nextFound } from "./find.js";
import { Icon } from "./icon.js";
import { focusNode } from "./stage.js";
import { useShowFound } from "./use-show-found.js";

/** The field in which nodes and edges are looked for, where somebody looks. */
export function FindBox(): React.ReactElement | null {
  const open = useCanvas((state) => state.finding.open);
  return open ? <OpenFindBox /> : null;
}

function OpenFindBox(): React.ReactElement {
  const { store } = useServices();
  const typed = useCanvas((state) => state.finding.typed);
  const shown = useCanvas((state) => state.shown);
  const selection = useCanvas((state) => state.selection);
  const show = useShowFound();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const all = shown === undefined ? [] : find(shown, typed);
  const here = all.findIndex((found) => ("node" in found ? selection.nodes.includes(found.node) : selection.edges.includes(found.edge)));

  const step = (way: 1 | -1): void => show(nextFound(all, store.getState().selection, way));
  const close = (): void => {
    const state = store.getState();
    state.setFinding({ open: false });
    const node = state.selection.nodes.at(-1);
    if (node !== undefined) focusNode(node);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === "Enter" || event.key === "F3") step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="find" role="dialog" aria-label="Find" onKeyDown={onKeyDown}>
      <input
        ref={input}
        className="palette-input"
        aria-label="Find nodes and edges"
        placeholder="Find"
        autoFocus
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          const words = event.currentTarget.value;
          store.getState().setFinding({ typed: words });
          if (shown !== undefined) show(find(shown, words)[0]);
        }}
      />
      <span className="find-count" role="status">
        {counted(typed, here, all.length)}
      </span>
      <FindButton icon="arrow-up" label="Previous (Shift+F3)" disabled={all.length === 0} press={() => step(-1)} />
      <FindButton icon="arrow-down" label="Next (F3)" disabled={all.length === 0} press={() => step(1)} />
      <FindButton icon="close" label="Close (Escape)" disabled={false} press={close} />
    </div>
  );
}

function counted(typed: string, here: number, count: number): string {
  if (typed.trim() === "") return "";
  if (count === 0) return "No results";
  return here < 0 ? `${String(count)} found` : `${String(here + 1)} of ${String(count)}`;
}

interface FindButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly disabled: boolean;
  readonly press: () => void;
}

function FindButton({ icon, label, disabled, press }: FindButtonProps): React.ReactElement {
  return (
    <button className="tool" type="button" title={label} aria-label={label} disabled={disabled} onClick={press}>
      <Icon name={icon} />
    </button>
  );
}

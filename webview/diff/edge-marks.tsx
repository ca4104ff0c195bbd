import { Icon } from "../canvas/icon.js";
import { useCanvas } from "../store/context.js";
import type { DrawnWire } from "../edges/drawn-wires.js";
import type { EdgeView } from "../protocol/views.js";
import type { DiffView } from "../protocol/diff.js";
import { entryAt, isAt, kindOfChange, type ChangeKind } from "./changes.js";
import { looks } from "./looks.js";
import { useDrawnWires } from "./use-drawn-wires.js";
import { useLookAt } from "./use-walk.js";

/** A band beneath each edge that differs, with an icon; edges that only the other side has are drawn faintly. */
export function EdgeMarks(): React.ReactElement | null {
  const diff = useCanvas((state) => state.diff);
  const wires = useDrawnWires();
  if (diff === undefined) return null;
  const marked = [...wires.own.map((wire) => [wire, false] as const), ...wires.ghosts.map((wire) => [wire, true] as const)].flatMap(
    ([wire, ghost]) => {
      const entry = entryAt(diff, { section: "edges", id: wire.edge.id });
      return entry === undefined ? [] : [{ wire, ghost, kind: kindOfChange(entry), key: `${wire.edge.id} ${ghost ? "there" : "here"}` }];
    },
  );
  return (
    <>
      <svg className="drawing diff-wires" aria-hidden="true">
        {marked.map(({ wire, ghost, kind, key }) => (
          <path
            key={key}
            className="diff-wire"
            data-change={kind}
            data-ghost={ghost}
            data-of={wire.edge.id}
            data-at={isLookedAt(diff, wire.edge)}
            d={wire.path}
          />
        ))}
      </svg>
      {marked.map(({ wire, ghost, kind, key }) => (
        <EdgeBadge key={key} wire={wire} ghost={ghost} kind={kind} />
      ))}
    </>
  );
}

function isLookedAt(diff: DiffView, { id }: EdgeView): boolean {
  return isAt({ section: "edges", id }, diff.at);
}

interface EdgeBadgeProps {
  readonly wire: DrawnWire;
  readonly ghost: boolean;
  readonly kind: ChangeKind;
}

function EdgeBadge({ wire, ghost, kind }: EdgeBadgeProps): React.ReactElement {
  const lookAt = useLookAt();
  const { edge, x, y } = wire;
  const words = `Edge ${ghost && kind === "changed" ? "as the other side has it" : looks[kind].word}`;
  return (
    <button
      type="button"
      className="diff-edge-badge nodrag nopan"
      data-change={kind}
      data-ghost={ghost}
      data-edge-badge={edge.id}
      title={words}
      aria-label={`${words}: ${edge.id}`}
      style={{ transform: `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)` }}
      onClick={() => lookAt({ section: "edges", id: edge.id })}
    >
      <Icon name={looks[kind].icon} />
    </button>
  );
}

import { useInternalNode } from "reactflow";
import { Icon } from "../canvas/icon.js";
import { middle } from "../canvas/geometry.js";
import { END, START } from "../../runtime/model/ids.js";
import { kindOf } from "../nodes/kinds.js";
import type { DiffView } from "../protocol/diff.js";
import { useCanvas } from "../store/context.js";
import { entryAt, isAt, kindOfChange } from "./changes.js";
import { looks } from "./looks.js";
import { boxAt } from "./node-marks.js";
import { useLookAt } from "./use-walk.js";

/** What the other side has, where this one has nothing, or has it elsewhere: an outline behind the graph. */
export function Ghosts(): React.ReactElement | null {
  const diff = useCanvas((state) => state.diff);
  if (diff === undefined) return null;
  const { nodes, places: at } = diff.ghosts;
  const ghosts = [
    ...nodes.map(({ id, label, kind, position }) => ({ id, label, icon: kindOf(kind).icon, position })),
    ...([START, END] as const).flatMap((id) => {
      const position = at[id];
      const moved = entryAt(diff, { section: "nodes", id }) !== undefined;
      return position === undefined || !moved
        ? []
        : [{ id, label: id === START ? "Start" : "End", icon: id === START ? "play-circle" : "stop-circle", position }];
    }),
  ];
  return (
    <>
      {ghosts.map((ghost) => (
        <GhostCard key={ghost.id} ghost={ghost} diff={diff} />
      ))}
    </>
  );
}

interface Ghost {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly position: readonly [number, number];
}

function GhostCard({ ghost, diff }: { readonly ghost: Ghost; readonly diff: DiffView }): React.ReactElement | null {
  const { id, label, icon, position } = ghost;
  const lookAt = useLookAt();
  const ref = { section: "nodes", id } as const;
  const entry = entryAt(diff, ref);
  if (entry === undefined) return null;
  const kind = kindOfChange(entry);
  const isGone = kind === "added" || kind === "removed";
  if (kind === "moved" && !diff.moved) return null;
  const mark = isGone ? kind : "moved";
  const at = isAt(ref, diff.at);
  const words = isGone ? `${label}, ${looks[kind].word}` : `${label}, where it stands on the other side`;
  return (
    <>
      {at && !isGone && (
        <Way id={id} from={diff.side === "before" ? undefined : position} to={diff.side === "before" ? position : undefined} />
      )}
      <button
        type="button"
        className="diff-ghost nodrag nopan"
        data-change={mark}
        data-ghost={id}
        data-at={at}
        title={words}
        aria-label={words}
        style={boxAt(id, position)}
        onClick={() => lookAt(ref)}
      >
        {isGone && (
          <span className="diff-badge">
            <span className="diff-badge-part" data-change={kind}>
              <Icon name={looks[kind].icon} />
              {looks[kind].word}
            </span>
          </span>
        )}
        <Icon name={icon} />
        <span className="diff-ghost-label">{label}</span>
      </button>
    </>
  );
}

/** The way that the node looked at has moved; the end that is not given is where it stands here. */
function Way({
  id,
  from,
  to,
}: {
  readonly id: string;
  readonly from: Ghost["position"] | undefined;
  readonly to: Ghost["position"] | undefined;
}): React.ReactElement | null {
  const drawn = useInternalNode(id);
  const here = drawn === undefined ? undefined : ([drawn.position.x, drawn.position.y] as const);
  const [start, end] = [from ?? here, to ?? here];
  if (start === undefined || end === undefined) return null;
  const point = (place: readonly [number, number]): string => middle(id, place).map(String).join(" ");
  return (
    <svg className="drawing diff-wires" aria-hidden="true">
      <path className="diff-way" d={`M ${point(start)} L ${point(end)}`} />
    </svg>
  );
}

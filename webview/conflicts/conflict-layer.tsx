import { useMemo } from "react";
import { useInternalNode, ViewportPortal } from "reactflow";
import { CARD, places } from "../canvas/geometry.js";
import { Icon } from "../canvas/icon.js";
import { drawnWires } from "../edges/drawn-wires.js";
import type { ConflictView } from "../protocol/conflicts.js";
import { useCanvas, useServices } from "../store/context.js";
import { conflictsOf, spokenConflict } from "./conflict-list.js";

/** Marks what a merge left to decide: on its node, on its edge, or where its node stood. */
export function ConflictLayer(): React.ReactElement | null {
  const any = useCanvas((state) => conflictsOf(state.shown).length > 0);
  return any ? <OpenConflictLayer /> : null;
}

function OpenConflictLayer(): React.ReactElement {
  const all = useCanvas((state) => conflictsOf(state.shown));
  const byNode = useMemo(() => grouped(all, "node"), [all]);
  return (
    <ViewportPortal>
      {[...byNode].map(([node, conflicts]) => (
        <NodeConflict key={node} node={node} conflicts={conflicts} />
      ))}
      <EdgeConflicts byEdge={useMemo(() => grouped(all, "edge"), [all])} />
    </ViewportPortal>
  );
}

function grouped(all: readonly ConflictView[], by: "node" | "edge"): ReadonlyMap<string, readonly ConflictView[]> {
  return Map.groupBy(
    all.filter((conflict) => conflict[by] !== undefined),
    (conflict) => conflict[by] ?? "",
  );
}

/** One side took the whole entry away, which is there still: it is drawn as half gone. */
function isHalfGone(conflicts: readonly ConflictView[]): boolean {
  return conflicts.some(({ field, ours, theirs }) => field === "" && (ours === undefined || theirs === undefined));
}

interface NodeConflictProps {
  readonly node: string;
  readonly conflicts: readonly ConflictView[];
}

function NodeConflict({ node, conflicts }: NodeConflictProps): React.ReactElement | null {
  const drawn = useInternalNode(node);
  const [first] = conflicts;
  const { width = CARD.width, height = CARD.height } = drawn?.measured ?? {};
  const place = drawn === undefined ? first?.place : ([drawn.position.x, drawn.position.y] as const);
  if (place === undefined) return null;
  const style = { transform: `translate(${String(place[0])}px, ${String(place[1])}px)`, width, height };
  return (
    <div className="conflict-mark" data-of={node} data-gone={drawn === undefined} data-half={isHalfGone(conflicts)} style={style}>
      <ConflictBadge subject={{ nodes: [node], edges: [] }} conflicts={conflicts} name={drawn === undefined ? node : ""} />
    </div>
  );
}

function EdgeConflicts({ byEdge }: { readonly byEdge: ReadonlyMap<string, readonly ConflictView[]> }): React.ReactElement {
  const shown = useCanvas((state) => state.shown);
  const drag = useCanvas((state) => state.drag);
  const wires = useMemo(() => {
    if (shown === undefined || byEdge.size === 0) return [];
    const at = new Map([...places(shown), ...Object.entries(drag ?? {})]);
    return drawnWires(shown.edges, at, shown.orientation, (id) => byEdge.has(id));
  }, [shown, drag, byEdge]);
  return (
    <>
      <svg className="drawing conflict-wires" aria-hidden="true">
        {wires.map(({ edge, path }) => (
          <path key={edge.id} className="conflict-wire" data-half={isHalfGone(byEdge.get(edge.id) ?? [])} d={path} />
        ))}
      </svg>
      {wires.map(({ edge, x, y }) => (
        <div
          key={edge.id}
          className="conflict-edge"
          style={{ transform: `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)` }}
        >
          <ConflictBadge subject={{ nodes: [], edges: [edge.id] }} conflicts={byEdge.get(edge.id) ?? []} name="" />
        </div>
      ))}
    </>
  );
}

interface ConflictBadgeProps {
  readonly subject: { readonly nodes: readonly string[]; readonly edges: readonly string[] };
  readonly conflicts: readonly ConflictView[];
  /** Of what is not drawn itself. */
  readonly name: string;
}

/** Selects what the conflict is about, and tells of it in the inspector. */
function ConflictBadge({ subject, conflicts, name }: ConflictBadgeProps): React.ReactElement {
  const { store } = useServices();
  const look = (): void => {
    const { select, goToConflict, setInspector } = store.getState();
    select(subject);
    goToConflict(conflicts[0]?.at);
    setInspector({ open: true });
  };
  const words = conflicts.map(spokenConflict).join("; ");
  return (
    <button
      type="button"
      className="conflict-badge nodrag nopan"
      data-conflicts={[...subject.nodes, ...subject.edges].join(" ")}
      title={words}
      aria-label={`Conflict: ${words}`}
      onClick={look}
    >
      <Icon name="git-merge" />
      {conflicts.length === 1 ? "conflict" : `${String(conflicts.length)} conflicts`} {name}
    </button>
  );
}

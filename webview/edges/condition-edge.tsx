import "./edges.css";
import { memo, useState } from "react";
import { BaseEdge, type EdgeProps } from "reactflow";
import { pathOf } from "../../runtime/model/wire-course.js";
import type { FlowEdge, WireData } from "../canvas/flow-types.js";
import { Icon } from "../canvas/icon.js";
import { EdgeLabel } from "../canvas/label-layer.js";
import { spokenForce } from "../canvas/interventions.js";
import { edgeMenu } from "../canvas/menus.js";
import { endsRun } from "./ends-run.js";
import { Hand } from "./hand.js";
import { BreakpointMark } from "../nodes/breakpoint-mark.js";
import { ProblemMark } from "../nodes/problem-mark.js";
import { useServices } from "../store/context.js";
import { showDetails } from "../inspector/show-details.js";
import { TestMark } from "./test-mark.js";
import { storyLines } from "./edge-story.js";
import { useEdgeStory } from "./use-edge-story.js";
import { courseOf } from "./wire-course.js";

/**
 * An edge with its condition as a pill; dashed where conditional, in the colour of failures where that is its condition, dotted with
 * a hand where forced, lit where just taken, with a dot at its tail where taken before, a hollow one where tested last and not taken; in long dashes with a mark where the plan in force
 * does not have it so. A breakpoint stands before the condition where that is tested, behind it where the edge is taken.
 */
export const ConditionEdge = memo(ConditionEdgeView);

function ConditionEdgeView(props: EdgeProps<FlowEdge>): React.ReactElement {
  const { id, data, selected } = props;
  const { source, target, sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition } = props;
  const from = { x: sourceX, y: sourceY, side: sourcePosition };
  const course = courseOf(from, { x: targetX, y: targetY, side: targetPosition }, source === target, data);
  const conditional = data.view.condition !== "plain";
  return (
    <>
      <BaseEdge
        path={pathOf(course)}
        className="wire"
        data-conditional={conditional}
        data-condition={data.view.condition}
        data-forced={forceOf(data)}
        data-stale={data.stale !== undefined}
        data-taken={data.taken}
        markerEnd="url(#pb-arrow)"
        {...tailOf(data)}
        interactionWidth={18}
      />
      <Pill id={id} data={data} selected={selected === true} {...course.middle} />
    </>
  );
}

/** The mark at its tail: hollow where the condition was tested last and not met, else filled where it was ever taken. */
function tailOf({ tested, taken }: WireData): { readonly markerStart?: string } {
  if (tested) return { markerStart: "url(#pb-tested)" };
  return taken === "never" ? {} : { markerStart: "url(#pb-taken)" };
}

/** A hand drew it: `now`, or `before`. */
function forceOf({ forced }: WireData): "now" | "before" | undefined {
  return forced === undefined ? undefined : forced.now ? "now" : "before";
}

interface PillProps {
  readonly id: string;
  readonly data: WireData;
  readonly selected: boolean;
  readonly x: number;
  readonly y: number;
}

function Pill({ id, data, selected, x, y }: PillProps): React.ReactElement | null {
  const { store } = useServices();
  const { view, problems, taken, forced, stale, breakpoints } = data;
  const [hovered, setHovered] = useState(false);
  const story = useEdgeStory(id, view.from, hovered && view.condition !== "plain");
  const label = typeof view.fields["label"] === "string" ? view.fields["label"] : "";
  const ends = endsRun(view);
  const words = label || view.text || (ends ? "ends the run" : "");
  const plain = problems.length === 0 && forced === undefined && stale === undefined && breakpoints.length === 0;
  if (words === "" && plain) return null;
  const facts = [view.text, ends ? "ends the whole run" : "", spokenForce(forced), stale ?? ""].filter((part) => part !== "").join(" · ");
  const select = (event: React.MouseEvent): void => {
    const { selection, changeSelection, ...state } = store.getState();
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    if (adding) changeSelection([], [{ id, selected: !selection.edges.includes(id) }]);
    else state.select({ nodes: [], edges: [id] });
  };
  return (
    <EdgeLabel>
      <div
        className="pill nodrag nopan"
        data-pill={id}
        data-condition={view.condition}
        data-forced={forceOf(data)}
        data-taken={taken}
        data-selected={selected}
        data-stale={stale !== undefined}
        data-plain={plain}
        data-bare={words === ""}
        data-held={data.held}
        data-vscode-context={edgeMenu(data)["vscode-context"]}
        style={{ transform: `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)` }}
        title={[facts, ...(story === undefined ? [] : storyLines(story))].join("\n")}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        onClick={select}
        onDoubleClick={() => showDetails(store)}
      >
        {breakpoints.map((each) => each.at === "tested" && <BreakpointMark key={each.at} of={{ edge: id }} breakpoint={each} />)}
        <TestMark data={data} />
        {problems.length > 0 && <ProblemMark problems={problems} />}
        {stale !== undefined && <Icon name="sync-ignored" />}
        {forced !== undefined && <Hand />}
        {view.condition === "error" && <Icon name="zap" />}
        {words !== "" && <span className="pill-text">{words}</span>}
        {ends && <Icon name="debug-stop" />}
        {breakpoints.map((each) => each.at === "taken" && <BreakpointMark key={each.at} of={{ edge: id }} breakpoint={each} />)}
      </div>
    </EdgeLabel>
  );
}

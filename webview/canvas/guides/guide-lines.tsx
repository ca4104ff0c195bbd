import "./guides.css";
import { ViewportPortal } from "reactflow";
import { useCanvas } from "../../store/context.js";
import type { Gaps, Line } from "./find-guides.js";

/** The lines along which a dragged node stands with others, and the gaps that are equal. */
export function GuideLines(): React.ReactElement | null {
  // Onto an edge a node goes wherever there is room.
  const guides = useCanvas((state) => (state.receiving === undefined ? state.guides : undefined));
  if (guides === undefined || guides.lines.length + guides.gaps.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className="drawing guides" aria-hidden="true" data-testid="guides">
        {guides.lines.map((line) => (
          <path key={`${line.way} ${String(line.at)}`} className="guide" data-guide={line.way} d={lineOf(line)} />
        ))}
        {guides.gaps.map((gaps) => (
          <GapMarks key={gaps.way} gaps={gaps} />
        ))}
      </svg>
    </ViewportPortal>
  );
}

/** How far a line goes beyond the nodes. */
const BEYOND = 12;

function lineOf({ way, at, from, to }: Line): string {
  const [start, end] = [from - BEYOND, to + BEYOND];
  return way === "down" ? `M${String(at)} ${String(start)}V${String(end)}` : `M${String(start)} ${String(at)}H${String(end)}`;
}

function GapMarks({ gaps: { way, aside, size, spans } }: { readonly gaps: Gaps }): React.ReactElement {
  return (
    <>
      {spans.map(([from, to]) => (
        <g key={from} data-gap={way}>
          <path className="guide" d={gapOf(way, aside, from, to)} />
          <text className="guide-size" {...textAt(way, aside, (from + to) / 2)}>
            {size}
          </text>
        </g>
      ))}
    </>
  );
}

/** Half the length of a gap's ends. */
const END = 5;

function gapOf(way: Gaps["way"], aside: number, from: number, to: number): string {
  const [a, low, high, f, t] = [aside, aside - END, aside + END, from, to].map(String);
  if (way === "across") return `M${f} ${a}H${t}M${f} ${low}V${high}M${t} ${low}V${high}`;
  return `M${a} ${f}V${t}M${low} ${f}H${high}M${low} ${t}H${high}`;
}

function textAt(way: Gaps["way"], aside: number, middle: number): { readonly x: number; readonly y: number } {
  return way === "across" ? { x: middle, y: aside - END - 3 } : { x: aside + END + 12, y: middle + 4 };
}

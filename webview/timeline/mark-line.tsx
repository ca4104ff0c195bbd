import type { PastOutline } from "../protocol/past.js";
import { markKinds, strokes, stretches } from "./marks.js";

const WIDTH = 1000;
/** Each kind has a place of its own, so that colour is not all that tells them apart. */
const lanes = {
  question: { top: 0, height: 4 },
  failure: { top: 0, height: 12 },
  recompile: { top: 4, height: 4 },
  byHand: { top: 8, height: 4 },
};

interface MarkLineProps {
  readonly outline: PastOutline | undefined;
  readonly last: number;
}

/** Where along the slider there are checkpoints, and where something happened. */
export function MarkLine({ outline, last }: MarkLineProps): React.ReactElement | null {
  if (outline === undefined) return null;
  return (
    <svg className="timeline-marks" viewBox={`0 0 ${String(WIDTH)} 14`} preserveAspectRatio="none" aria-hidden="true">
      <path data-mark="saved" d={stretches(outline.saved, last, WIDTH, 13)} />
      {markKinds.map((kind) => (
        <path key={kind} data-mark={kind} d={strokes(outline[kind], last, WIDTH, lanes[kind])} />
      ))}
    </svg>
  );
}

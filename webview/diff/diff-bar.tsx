import "./diff.css";
import { useMemo } from "react";
import { nounOf } from "../../runtime/model/difference.js";
import { Icon } from "../canvas/icon.js";
import { ToolButton } from "../canvas/tool-button.js";
import { useMinimap } from "../minimap/use-minimap.js";
import { useCanvas, useServices } from "../store/context.js";
import { countChanges, entryAt, isAt, nameOfEntry, spokenChange } from "./changes.js";
import { looks } from "./looks.js";
import { useDiffKeys } from "./use-diff-keys.js";
import { useLabels } from "./use-labels.js";
import { orderOf, useWalk } from "./use-walk.js";

/** Above a canvas that is compared with another: which revision it is, how much differs, and the ways through it. */
export function DiffBar(): React.ReactElement | null {
  const compared = useCanvas((state) => state.diff !== undefined);
  return compared ? <OpenDiffBar /> : null;
}

function OpenDiffBar(): React.ReactElement {
  useDiffKeys();
  return (
    <div className="diff-bar" role="toolbar" aria-label="Comparison" data-testid="diff-bar">
      <Names />
      <Counts />
      <span className="diff-gap" />
      <Steps />
      <Toggles />
      <TextButton />
      <Announcement />
    </div>
  );
}

function Names(): React.ReactElement {
  const side = useCanvas((state) => state.diff?.side ?? "after");
  const name = useCanvas((state) => state.diff?.names[side] ?? "");
  return (
    <span className="diff-name" data-side={side} title={`${side === "before" ? "Before" : "After"}: ${name}`}>
      <span className="diff-side">{side === "before" ? "Before" : "After"}</span>
      {name}
    </span>
  );
}

function Counts(): React.ReactElement {
  const diff = useCanvas((state) => state.diff);
  const counts = diff === undefined ? [] : countChanges(diff);
  if (counts.length === 0) return <span className="diff-same">No differences</span>;
  return (
    <span className="diff-counts">
      {counts.map(([kind, count]) => (
        <span key={kind} className="diff-count" data-change={kind} title={`${String(count)} ${looks[kind].word}`}>
          <Icon name={looks[kind].icon} />
          {count}
          <span className="diff-word">{looks[kind].word}</span>
        </span>
      ))}
    </span>
  );
}

function Steps(): React.ReactElement {
  const walk = useWalk();
  const diff = useCanvas((state) => state.diff);
  const shown = useCanvas((state) => state.shown);
  const order = useMemo(() => orderOf({ diff, shown }), [diff, shown]);
  const here = order.findIndex((ref) => isAt(ref, diff?.at ?? null));
  const none = order.length === 0;
  return (
    <>
      <span className="diff-place">{here < 0 ? "" : `${String(here + 1)}/${String(order.length)}`}</span>
      <ToolButton command="diff/previous" icon="arrow-up" label="Previous difference (Shift+F7)" disabled={none} onClick={() => walk(-1)} />
      <ToolButton command="diff/next" icon="arrow-down" label="Next difference (F7)" disabled={none} onClick={() => walk(1)} />
    </>
  );
}

function Toggles(): React.ReactElement {
  const { store } = useServices();
  const linked = useCanvas((state) => state.diff?.linked === true);
  const moved = useCanvas((state) => state.diff?.moved === true);
  const minimap = useMinimap();
  const { setDiff } = store.getState();
  return (
    <>
      <ToolButton command="diff/minimap" icon="map" label="Minimap with what differs" pressed={minimap.on} onClick={minimap.toggle} />
      <ToolButton
        command="diff/moved"
        icon="move"
        label="Show what only moved"
        pressed={moved}
        onClick={() => setDiff({ moved: !moved })}
      />
      <ToolButton
        command="diff/linked"
        icon="link"
        label="Move both views together"
        pressed={linked}
        onClick={() => setDiff({ linked: !linked })}
      />
    </>
  );
}

function TextButton(): React.ReactElement {
  const { host } = useServices();
  return <ToolButton command="diff/text" icon="file-code" label="Compare the texts" onClick={() => host.command("diff/text", {})} />;
}

/** Tells a screen reader of the difference that is looked at. */
function Announcement(): React.ReactElement {
  const labels = useLabels();
  const entry = useCanvas((state) => (state.diff === undefined ? undefined : entryAt(state.diff, state.diff.at)));
  return (
    <span className="unseen" role="status" aria-live="polite" data-testid="diff-announcement">
      {entry === undefined ? "" : `${nounOf(entry.section)} ${nameOfEntry(entry, labels)}, ${spokenChange(entry)}`}
    </span>
  );
}

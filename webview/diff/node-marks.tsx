import type { CSSProperties } from "react";
import { useInternalNode } from "reactflow";
import { Icon } from "../canvas/icon.js";
import { sizeOf } from "../canvas/geometry.js";
import type { EntryDifferenceView } from "../protocol/diff.js";
import { useCanvas } from "../store/context.js";
import { isAt, kindOfChange, shownEntries } from "./changes.js";
import { looks } from "./looks.js";

const none: readonly EntryDifferenceView[] = [];

/** A frame around each node that differs, with an icon and a word. */
export function NodeMarks(): React.ReactElement {
  const entries = useCanvas((state) => (state.diff === undefined ? none : nodesOf(state.diff)));
  return (
    <>
      {entries.map((entry) => (
        <NodeMark key={entry.id} entry={entry} />
      ))}
    </>
  );
}

/** The same list for the same differences: it is asked for with every change of the store. */
const lists = new WeakMap<
  readonly EntryDifferenceView[],
  { readonly all: readonly EntryDifferenceView[]; readonly still: readonly EntryDifferenceView[] }
>();

function nodesOf({
  entries,
  moved,
}: {
  readonly entries: readonly EntryDifferenceView[];
  readonly moved: boolean;
}): readonly EntryDifferenceView[] {
  const known = lists.get(entries);
  const isNode = ({ section }: EntryDifferenceView): boolean => section === "nodes";
  const made = known ?? {
    all: entries.filter(isNode),
    still: shownEntries({ entries: [...entries], moved: false }).filter(isNode),
  };
  if (known === undefined) lists.set(entries, made);
  return moved ? made.all : made.still;
}

function NodeMark({ entry }: { readonly entry: EntryDifferenceView }): React.ReactElement | null {
  const { id } = entry;
  const drawn = useInternalNode(id);
  const at = useCanvas((state) => isAt(entry, state.diff?.at ?? null));
  if (drawn === undefined) return null; // the other side has it
  const { x, y } = drawn.position;
  const kind = kindOfChange(entry);
  return (
    <div className="diff-mark" data-change={kind} data-at={at} data-of={id} style={boxAt(id, [x, y])}>
      <span className="diff-badge">
        {entry.marks.map((mark) => (
          <span key={mark} className="diff-badge-part" data-change={mark}>
            <Icon name={looks[mark].icon} />
            {looks[mark].word}
          </span>
        ))}
      </span>
    </div>
  );
}

/** The box of a node that stands at a place. */
export function boxAt(id: string, [x, y]: readonly [number, number]): CSSProperties {
  const { width, height } = sizeOf(id);
  return { transform: `translate(${String(x)}px, ${String(y)}px)`, width, height };
}

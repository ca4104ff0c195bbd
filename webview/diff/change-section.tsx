import { nounOf } from "../../runtime/model/difference.js";
import { Icon } from "../canvas/icon.js";
import { Section } from "../inspector/section.js";
import type { DiffView } from "../protocol/diff.js";
import { useCanvas } from "../store/context.js";
import { ChangeDetails, FieldTable } from "./change-details.js";
import { entryAt, isAt, kindOfChange, nameOfEntry, shownEntries } from "./changes.js";
import { looks } from "./looks.js";
import { useLabels } from "./use-labels.js";
import { useLookAt } from "./use-walk.js";

/** In the inspector: what differs of what is looked at, or all that differs, channels and settings included. */
export function ChangeSection(): React.ReactElement | null {
  const diff = useCanvas((state) => state.diff);
  if (diff === undefined) return null;
  const entry = entryAt(diff, diff.at);
  return (
    <>
      {entry !== undefined && (
        <Section title="Difference">
          <ChangeDetails entry={entry} />
        </Section>
      )}
      <Section title="All Differences">
        <ChangeList diff={diff} />
        <FieldTable fields={diff.settings} />
        {diff.reordered && <p className="quiet">Nodes are in another order.</p>}
      </Section>
    </>
  );
}

function ChangeList({ diff }: { readonly diff: DiffView }): React.ReactElement {
  const labels = useLabels();
  const lookAt = useLookAt();
  return (
    <ul className="diff-list" aria-label="Differences">
      {shownEntries(diff).map((entry) => {
        const kind = kindOfChange(entry);
        return (
          <li key={`${entry.section} ${entry.id}`}>
            <button
              type="button"
              className="diff-row"
              data-change={kind}
              aria-current={isAt(entry, diff.at)}
              onClick={() => lookAt({ section: entry.section, id: entry.id })}
            >
              <Icon name={looks[kind].icon} />
              <span className="diff-row-name">{nameOfEntry(entry, labels)}</span>
              <span className="quiet">
                {nounOf(entry.section)} {entry.marks.map((mark) => looks[mark].word).join(", ")}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

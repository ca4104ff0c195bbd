import "../canvas/sides-table.css";
import { nounOf } from "../../runtime/model/difference.js";
import { Icon } from "../canvas/icon.js";
import type { DiffView, EntryDifferenceView, FieldDifferenceView } from "../protocol/diff.js";
import { useCanvas } from "../store/context.js";
import { nameOfEntry } from "./changes.js";
import { looks } from "./looks.js";
import { useLabels } from "./use-labels.js";

/** All that differs of an entry: each field as it was and as it is. */
export function ChangeDetails({ entry }: { readonly entry: EntryDifferenceView }): React.ReactElement {
  const labels = useLabels();
  const fields = [...entry.fields, ...(entry.place === undefined ? [] : [{ path: ["place"], ...entry.place }])];
  const whole = entry.marks.includes("added") ? entry.after : entry.marks.includes("removed") ? entry.before : undefined;
  return (
    <div className="diff-details" data-testid="change-details">
      <p className="diff-details-head">
        <span>
          {nounOf(entry.section)} <strong>{nameOfEntry(entry, labels)}</strong>
        </span>
        {entry.marks.map((mark) => (
          <span key={mark} className="diff-badge-part" data-change={mark}>
            <Icon name={looks[mark].icon} />
            {looks[mark].word}
          </span>
        ))}
      </p>
      <FieldTable fields={whole === undefined ? fields : fieldsOf(whole, entry.marks.includes("added"))} />
    </div>
  );
}

/** Values as they were and as they are, one row each. */
export function FieldTable({ fields }: { readonly fields: readonly FieldDifferenceView[] }): React.ReactElement | null {
  const names = useCanvas((state) => state.diff?.names);
  if (fields.length === 0) return null;
  return (
    <table className="sides-table diff-fields">
      <thead className="unseen">
        <tr>
          <th>Field</th>
          <th>{names?.before ?? "Before"}</th>
          <th>{names?.after ?? "After"}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, before, after }) => (
          <tr key={path.join(".")} data-field-change={path.join(".")}>
            <th scope="row">{path.join(".")}</th>
            <Value value={before} side="before" />
            <Value value={after} side="after" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value, side }: { readonly value: unknown; readonly side: DiffView["side"] }): React.ReactElement {
  return (
    <td data-side={side} data-empty={value === undefined}>
      {value === undefined ? (
        <span className="quiet">nothing</span>
      ) : (
        <pre>{typeof value === "string" ? value : JSON.stringify(value)}</pre>
      )}
    </td>
  );
}

/** The fields of an entry that one side alone has. */
function fieldsOf(entry: unknown, isNew: boolean): readonly FieldDifferenceView[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return [];
  return Object.entries(entry).map(([name, value]) => ({
    path: [name],
    ...(isNew ? { after: value as unknown } : { before: value as unknown }),
  }));
}

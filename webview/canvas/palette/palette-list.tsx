import { memo } from "react";
import { Icon } from "../icon.js";
import { Marked } from "./marked.js";
import type { Row, Section } from "./sections.js";

/** The id of a line's element, counted through all sections. */
export function rowId(index: number): string {
  return `palette-${String(index)}`;
}

interface PaletteListProps {
  readonly sections: readonly Section[];
  readonly faults: readonly string[];
  readonly active: number;
  readonly hover: (index: number) => void;
  readonly choose: (row: Row) => void;
}

/** The sections with their lines. */
export function PaletteList({ sections, faults, active, hover, choose }: PaletteListProps): React.ReactElement {
  const before = (index: number): number => sections.slice(0, index).reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <div className="palette-list" id="palette-list" role="listbox" aria-label="What can be added">
      {sections.map(({ title, rows, more }, index) => (
        <div key={title} role="group" aria-label={title} className="palette-section">
          <div className="palette-heading" aria-hidden="true">
            {title}
          </div>
          {rows.map((row, line) => {
            const place = before(index) + line;
            return (
              <Line
                key={row.entry.key}
                row={row}
                index={place}
                active={place === active}
                hover={() => hover(place)}
                choose={() => choose(row)}
              />
            );
          })}
          {more > 0 && <p className="palette-more">{more} more: type to find them</p>}
        </div>
      ))}
      {faults.length > 0 && (
        <p className="palette-more" data-testid="palette-faults" title={faults.join("\n")}>
          <Icon name="warning" /> {faults.length === 1 ? "A snippet" : `${String(faults.length)} snippets`} cannot be read: {faults[0]}
        </p>
      )}
    </div>
  );
}

interface LineProps {
  readonly row: Row;
  readonly index: number;
  readonly active: boolean;
  readonly hover: () => void;
  readonly choose: () => void;
}

/** Drawn again where it looks otherwise; what it calls is the same for the same line. */
const Line = memo(LineView, (a, b) => a.row === b.row && a.index === b.index && a.active === b.active);

function LineView({ row: { entry, inTitle, inDetail }, index, active, hover, choose }: LineProps): React.ReactElement {
  const kind = entry.offer.type === "kind" ? entry.offer.look.kind : undefined;
  return (
    <div
      id={rowId(index)}
      className="palette-item"
      role="option"
      aria-selected={active}
      data-kind={kind}
      data-entry={entry.key}
      onPointerMove={hover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <span className="card-kind" data-kind={kind}>
        <Icon name={entry.icon} />
      </span>
      <span className="palette-title">
        <Marked text={entry.title} at={inTitle} />
      </span>
      <span className="palette-hint" title={entry.detail}>
        <Marked text={entry.detail} at={inDetail} />
      </span>
    </div>
  );
}

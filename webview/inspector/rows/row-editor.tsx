import "./rows.css";
import { Icon } from "../../canvas/icon.js";
import { CodeField } from "../code/code-field.js";
import type { Complete } from "../code/use-completions.js";
import { useFocusLater } from "./use-focus-later.js";

interface RowEditorProps {
  /** Name of the field that has the rows; theirs begin with it. */
  readonly name: string;
  /** What a row is, as in `Add a header`. */
  readonly noun: string;
  readonly names: readonly string[];
  readonly disabled: boolean;
  /** What a row can be called. */
  readonly suggest?: Complete | undefined;
  /** Why a row cannot be called so, beside the others. */
  readonly check: (name: string, others: readonly string[]) => string | undefined;
  readonly onAdd: (name: string) => void;
  readonly onRename: (from: string, to: string) => void;
  readonly onRemove: (name: string) => void;
  /** Further tools of a row, before the one that removes it. */
  readonly renderTools?: (name: string) => React.ReactNode;
  /** The value of a row; its field is called as the row's. */
  readonly children: (name: string) => React.ReactNode;
}

const nothing: Complete = () => Promise.resolve({ from: 0, to: 0, items: [] });

/**
 * Rows with a name and a value each. A name is typed to rename, one in the last field adds a row and leads to its value; where a row is
 * removed, the keyboard goes on to the next.
 */
export function RowEditor(props: RowEditorProps): React.ReactElement {
  const { name, noun, names, disabled, suggest = nothing, check, renderTools, children } = props;
  const { within, focus } = useFocusLater();
  const rename = (from: string, to: string): void => {
    focus([nameField(name, to)]);
    props.onRename(from, to);
  };
  const add = (row: string): void => {
    focus([`${name}.${row}`, nameField(name, row)]);
    props.onAdd(row);
  };
  const remove = (row: string): void => {
    const at = names.indexOf(row);
    const near = [names[at + 1], names[at - 1]].filter((each) => each !== undefined);
    focus([...near.map((each) => nameField(name, each)), adder(name)]);
    props.onRemove(row);
  };
  return (
    <div className="rows" ref={within} data-rows={name}>
      {names.map((row) => (
        <div className="row" key={row} data-row={row}>
          <div className="row-head">
            <CodeField
              name={nameField(name, row)}
              label={`Name of the ${noun} ${row}`}
              value={row}
              syntax="path"
              complete={suggest}
              disabled={disabled}
              check={(typed) =>
                check(
                  typed.trim(),
                  names.filter((each) => each !== row),
                )
              }
              onCommit={(typed) => rename(row, typed.trim())}
            />
            {renderTools?.(row)}
            <button
              type="button"
              className="tool"
              aria-label={`Remove ${row}`}
              title={`Remove ${row}`}
              data-command={`${name}/remove/${row}`}
              disabled={disabled}
              onClick={() => remove(row)}
            >
              <Icon name="trash" />
            </button>
          </div>
          <div className="row-value">{children(row)}</div>
        </div>
      ))}
      <div className="row-add">
        <CodeField
          name={adder(name)}
          label={`Add a ${noun}`}
          value=""
          placeholder={`add a ${noun}`}
          syntax="path"
          complete={suggest}
          disabled={disabled}
          empties
          check={(typed) => (typed.trim() === "" ? undefined : check(typed.trim(), names))}
          onCommit={(typed) => typed.trim() !== "" && add(typed.trim())}
        />
      </div>
    </div>
  );
}

/** Field of a row's name; no row is called so. */
function nameField(name: string, row: string): string {
  return `${name}.${row}=`;
}

/** Field of the name of a new row. */
function adder(name: string): string {
  return `${name}.+`;
}

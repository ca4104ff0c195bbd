import { useEffect, useRef } from "react";
import { Icon } from "../../canvas/icon.js";
import type { CompletionView } from "../../protocol/expressions.js";

const icons: Readonly<Record<CompletionView["kind"], string>> = {
  channel: "symbol-variable",
  variable: "symbol-constant",
  property: "symbol-property",
  function: "symbol-function",
  macro: "symbol-method",
  file: "file-code",
};

interface CompletionListBoxProps {
  readonly id: string;
  readonly items: readonly CompletionView[];
  readonly active: number;
  /** There is no room below. */
  readonly above: boolean;
  readonly onChoose: (item: CompletionView) => void;
}

/** What can be written next, as a list under the field; the chosen one is explained. */
export function CompletionListBox({ id, items, active, above, onChoose }: CompletionListBoxProps): React.ReactElement {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const chosen = items[active];
  return (
    <div className="completions" data-above={above}>
      <ul id={id} ref={list} role="listbox" aria-label="Completions">
        {items.map((item, index) => (
          <li
            key={`${item.kind} ${item.label}`}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === active}
            aria-description={item.kind}
            data-completion={item.label}
            // The field keeps the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              onChoose(item);
            }}
          >
            <Icon name={icons[item.kind]} />
            <span className="completion-label">{item.label}</span>
            <span className="completion-detail">{item.detail}</span>
          </li>
        ))}
      </ul>
      {chosen !== undefined && chosen.help !== "" && <p className="completion-help">{chosen.help}</p>}
    </div>
  );
}

/** The id of one of the options, for the field that names the active one. */
export function optionId(list: string, index: number): string {
  return `${list}-${String(index)}`;
}

import { useId, useRef, useState } from "react";
import type { CompletionView } from "../../protocol/expressions.js";
import { CompletionListBox, optionId } from "./completion-list.js";
import { segmentsOf, type CodeSyntax, type PaintedProblem } from "./paint.js";
import { opensBehind, useCompletions, type Complete } from "./use-completions.js";

interface CodeBoxProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly typed: string;
  readonly syntax: CodeSyntax;
  readonly problems: readonly PaintedProblem[];
  readonly lines: number;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly required: boolean;
  readonly invalid: boolean;
  /** Id of what explains it. */
  readonly describedBy: string;
  readonly complete: Complete;
  readonly onType: (typed: string) => void;
  readonly onCommit: () => void;
  readonly onRevert: () => void;
}

/** Room that the list wants, in pixels. */
const LIST_HEIGHT = 230;

/** A text that is coloured, underlined where something is wrong, and completed. */
export function CodeBox(props: CodeBoxProps): React.ReactElement {
  const { id, name, label, typed, syntax, problems, lines, placeholder, disabled, required, invalid, describedBy } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const completions = useCompletions(props.complete);
  const [above, setAbove] = useState(false);
  const open = completions.items.length > 0;
  const ask = (asked: boolean): void => {
    const element = box.current;
    if (element === null) return;
    setAbove(element.getBoundingClientRect().bottom + LIST_HEIGHT > window.innerHeight);
    completions.ask(element.value, element.selectionEnd, asked);
  };
  const choose = (item: CompletionView): void => {
    if (box.current !== null) write(box.current, completions.range, item);
    completions.close();
  };
  const onChange = (event: React.ChangeEvent<HTMLTextAreaElement>): void => {
    const { value, selectionEnd } = event.currentTarget;
    props.onType(lines === 1 ? value.replaceAll("\n", " ") : value);
    // Enter in a blank field says nothing, and chooses nothing.
    const opens = syntax === "path" ? value.trim() !== "" : opensBehind(value.slice(0, selectionEnd));
    if (opens) ask(false);
    else completions.close();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const chosen = completions.items[completions.active];
    const withControl = event.ctrlKey || event.metaKey;
    if (event.key === " " && event.ctrlKey) ask(true);
    else if (event.key === "Enter" && withControl) {
      completions.close();
      props.onCommit();
    } else if (chosen !== undefined && (event.key === "ArrowDown" || event.key === "ArrowUp"))
      completions.move(event.key === "ArrowDown" ? 1 : -1);
    else if (chosen !== undefined && (event.key === "Enter" || event.key === "Tab") && !event.shiftKey) choose(chosen);
    else if (event.key === "Escape") {
      if (open) completions.close();
      else props.onRevert();
    } else if (event.key === "Enter" && lines === 1) props.onCommit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="code-box" data-field={name} data-syntax={syntax} data-invalid={invalid} data-lines={Math.min(lines, 4)}>
      <pre className="code-paint" aria-hidden="true">
        {segmentsOf(syntax, typed, problems).map(({ start, text, kind, problem }) => (
          <span key={start} data-token={kind} data-wrong={problem}>
            {text}
          </span>
        ))}
        {"\n"}
      </pre>
      <textarea
        id={id}
        ref={box}
        rows={lines}
        value={typed}
        placeholder={placeholder}
        disabled={disabled}
        required={required}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? optionId(listId, completions.active) : undefined}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={onChange}
        onKeyDown={onKeyDown}
        onBlur={() => {
          completions.close();
          props.onCommit();
        }}
      />
      {open && <CompletionListBox id={listId} items={completions.items} active={completions.active} above={above} onChoose={choose} />}
    </div>
  );
}

/** Writes as a hand does, so that the field's own undo takes it back. */
function write(element: HTMLTextAreaElement, [from, to]: readonly [number, number], { insert, caret }: CompletionView): void {
  element.focus();
  element.setSelectionRange(from, to);
  // A bracket that is there already is not written twice.
  const behind = element.value.slice(to);
  const text = insert.endsWith("()") && behind.startsWith("(") ? insert.slice(0, -2) : insert;
  document.execCommand("insertText", false, text);
  element.setSelectionRange(from + Math.min(caret, text.length), from + Math.min(caret, text.length));
}

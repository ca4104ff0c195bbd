import "./code.css";
import { useId } from "react";
import { FieldProblems, useFieldProblems } from "../field-problems.js";
import { FieldLabel } from "../field-label.js";
import { useCommitted, type Committed } from "../use-committed.js";
import { CodeBox } from "./code-box.js";
import type { CodeSyntax, PaintedProblem } from "./paint.js";
import type { Complete } from "./use-completions.js";

/** A field of code. */
export interface CodeFieldProps extends Committed {
  readonly label: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly lines?: number;
  readonly syntax: CodeSyntax;
  readonly complete: Complete;
  /** Where something is wrong, in what is typed now. */
  readonly problems?: readonly PaintedProblem[];
  readonly onType?: (typed: string) => void;
  /** What is said of it beneath; in place of the problems of the document where `problems` has any. */
  readonly children?: React.ReactNode;
}

const right: readonly PaintedProblem[] = [];

/** Code that is committed on leaving, by Ctrl+Enter, and with one line by Enter; reverted by Escape. */
export function CodeField(props: CodeFieldProps): React.ReactElement {
  const { name, label, disabled = false, placeholder = "", lines = 1, syntax, complete, problems = right, children } = props;
  const id = useId();
  const about = useId();
  const { typed, refusal, type, commit, revert } = useCommitted(props);
  const documented = useFieldProblems(name).some(({ severity }) => severity === "error");
  const wrong = problems.some(({ severity }) => severity === "error");
  return (
    <div className="field">
      <FieldLabel name={name} label={label} htmlFor={id} />
      <CodeBox
        id={id}
        name={name}
        label={label}
        typed={typed}
        syntax={syntax}
        problems={problems}
        lines={lines}
        placeholder={placeholder}
        disabled={disabled}
        required={false}
        invalid={refusal !== undefined || wrong || documented}
        describedBy={about}
        complete={complete}
        onType={(next) => {
          type(next);
          props.onType?.(next);
        }}
        onCommit={commit}
        onRevert={() => {
          revert();
          props.onType?.(props.value);
        }}
      />
      <div id={about} className="code-about">
        {refusal !== undefined && (
          <span className="field-error" role="alert">
            {refusal}
          </span>
        )}
        {children}
        {!wrong && <FieldProblems name={name} />}
      </div>
    </div>
  );
}

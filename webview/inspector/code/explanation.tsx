import { Icon } from "../../canvas/icon.js";
import { severityIcon } from "../../canvas/severity.js";
import type { ExpressionView } from "../../protocol/expressions.js";

interface ExplanationProps {
  readonly name: string;
  readonly view: ExpressionView;
  /** It is of what is typed now; otherwise it is on its way out. */
  readonly fresh: boolean;
  /** It gives text, which is shown as such. */
  readonly asText: boolean;
}

/** What an expression comes to, what it reads, and what is wrong with it. */
export function Explanation({ name, view, fresh, asText }: ExplanationProps): React.ReactElement {
  const { problems, type, value, superstep, reads } = view;
  const moment = superstep === undefined ? {} : { title: `On the state of superstep ${String(superstep)}` };
  return (
    <div className="explanation" data-explains={name} data-fresh={fresh} role="status">
      {fresh && problems.length > 0 && (
        <ul className="field-problems" data-problems={name}>
          {problems.map(({ severity, message, start }) => (
            <li key={`${String(start)} ${message}`} className="field-problem" data-severity={severity}>
              <Icon name={severityIcon(severity)} />
              {severity === "information" ? `On this state: ${message}` : message}
            </li>
          ))}
        </ul>
      )}
      {asText && value !== undefined && (
        <pre className="preview" role="region" tabIndex={0} aria-label="Preview" data-preview={name} {...moment}>
          {value}
        </pre>
      )}
      {!asText && (value !== undefined || type !== undefined) && (
        <div className="explained">
          {value !== undefined && (
            <code className="explained-value" data-value={name} {...moment}>
              {`= ${value}`}
            </code>
          )}
          {type !== undefined && <span className="explained-type">{type}</span>}
        </div>
      )}
      {reads.length > 0 && (
        <div className="explained-reads" data-reads={name}>
          <span className="quiet">Reads</span>
          {reads.map((read) => (
            <code key={read.name} title={[read.type, read.value].filter(Boolean).join(" = ")}>
              {read.name}
            </code>
          ))}
        </div>
      )}
    </div>
  );
}

import { useFieldFacts } from "./field-facts.js";

interface FieldLabelProps {
  readonly name: string;
  readonly label: string;
  /** The control, where it is one that a label can name. */
  readonly htmlFor?: string;
}

/** What a field is called; whether it is needed, and, as a tooltip, what the format says of it. */
export function FieldLabel({ name, label, htmlFor }: FieldLabelProps): React.ReactElement {
  const { required, help } = useFieldFacts(name);
  const title = help === undefined ? {} : { title: help };
  const text = (
    <>
      {label}
      {required && (
        <span className="field-required" title="Required">
          *
        </span>
      )}
    </>
  );
  if (htmlFor === undefined)
    return (
      <span className="field-label" aria-hidden="true" {...title}>
        {text}
      </span>
    );
  return (
    <label className="field-label" htmlFor={htmlFor} {...title}>
      {text}
    </label>
  );
}

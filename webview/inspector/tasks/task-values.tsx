import { Icon } from "../../canvas/icon.js";
import type { ValuePlace, ValueView } from "../../protocol/tasks.js";
import { useServices } from "../../store/context.js";

interface TaskValuesProps {
  readonly title: string;
  readonly values: readonly ValueView[];
  readonly place: Omit<ValuePlace, "name">;
  /** What is said where there are none. */
  readonly none: string;
}

/** Values of channels, each with who gave it; one that is cut can be opened whole. */
export function TaskValues({ title, values, place, none }: TaskValuesProps): React.ReactElement {
  return (
    <div className="task-values" data-values={place.of}>
      <span className="field-label">{title}</span>
      {values.length === 0 && <span className="quiet">{none}</span>}
      {values.map((value) => (
        <TaskValue key={value.name} value={value} place={place} />
      ))}
    </div>
  );
}

function TaskValue({ value, place }: { readonly value: ValueView; readonly place: Omit<ValuePlace, "name"> }): React.ReactElement {
  const { host } = useServices();
  const { name, text, cut, writer } = value;
  return (
    <div className="channel-value" data-channel={name}>
      <details>
        <summary>
          <span className="channel-name">{name}</span>
          <code>{text}</code>
        </summary>
        <pre>{text}</pre>
      </details>
      {writer !== undefined && (
        <span className="task-writer" title={writer.details}>
          <Icon name="git-commit" />
          {writer.text}
        </span>
      )}
      {cut && (
        <button type="button" className="link" data-command="task/value" onClick={() => host.command("task/value", { ...place, name })}>
          Open whole value
        </button>
      )}
    </div>
  );
}

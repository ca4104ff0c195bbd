import { useCanvas } from "../store/context.js";
import { ChoiceField } from "./fields.js";
import { showText } from "./values.js";

interface OutputFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly disabled: boolean;
  /** The channel, or null for none. */
  readonly onCommit: (channel: string | null) => void;
}

/** The channel that receives what a node brings, or none. */
export function OutputField({ label, value, disabled, onCommit }: OutputFieldProps): React.ReactElement {
  const channels = useCanvas((state) => state.shown?.channels);
  const choices = [{ value: "", title: "No channel" }, ...(channels ?? []).map(({ name }) => ({ value: name, title: name }))];
  return (
    <ChoiceField
      name="output"
      label={label}
      value={showText(value)}
      choices={choices}
      disabled={disabled}
      onCommit={(channel) => onCommit(channel || null)}
    />
  );
}

import { colors } from "../../runtime/model/annotation.js";
import { ChoiceField } from "./fields.js";

const choices = [
  { value: "", title: "None" },
  ...colors.map((color) => ({ value: color, title: color.charAt(0).toUpperCase() + color.slice(1) })),
];

interface ColorFieldProps {
  readonly color: string | undefined;
  readonly disabled: boolean;
  readonly onCommit: (color: string | null) => void;
}

/** The colour of a note or a group. */
export function ColorField({ color = "", disabled, onCommit }: ColorFieldProps): React.ReactElement {
  return (
    <ChoiceField
      name="color"
      label="Colour"
      value={color}
      choices={choices}
      disabled={disabled}
      onCommit={(chosen) => onCommit(chosen === "" ? null : chosen)}
    />
  );
}

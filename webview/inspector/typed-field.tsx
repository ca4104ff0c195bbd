import type { JsonValue } from "../../runtime/model/json.js";
import { TextField } from "./fields.js";
import { reading } from "./typed.js";
import type { Typed } from "./values.js";

interface TypedFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly lines?: number;
  readonly code?: boolean;
  readonly disabled: boolean;
  readonly read: (typed: string) => Typed;
  /** A value, or null for nothing. */
  readonly onCommit: (value: JsonValue) => void;
}

/** A text that is read as something else; what cannot be read is not committed, and says why. */
export function TypedField({ read, onCommit, ...field }: TypedFieldProps): React.ReactElement {
  return <TextField {...field} {...reading(read, onCommit)} />;
}

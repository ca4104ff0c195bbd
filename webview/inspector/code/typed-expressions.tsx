import type { JsonValue } from "../../../runtime/model/json.js";
import { reading } from "../typed.js";
import type { Typed } from "../values.js";
import type { CodeFieldProps } from "./code-field.js";
import { ExpressionField } from "./expression-field.js";

interface TypedExpressionsProps extends Pick<CodeFieldProps, "name" | "label" | "value" | "placeholder" | "lines"> {
  readonly syntax: CodeFieldProps["syntax"];
  readonly disabled: boolean;
  readonly read: (typed: string) => Typed;
  /** A value, or null for nothing. */
  readonly onCommit: (value: JsonValue) => void;
}

/** Expressions that are read as something else; what cannot be read is not committed, and says why. */
export function TypedExpressions({ read, onCommit, ...field }: TypedExpressionsProps): React.ReactElement {
  return <ExpressionField {...field} {...reading(read, onCommit)} />;
}

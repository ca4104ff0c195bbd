import type { JsonValue } from "../../runtime/model/json.js";
import type { Typed } from "./values.js";

/** What a field does with text that is read as something else. */
export interface Reading {
  /** Why what was typed cannot be committed. */
  readonly check: (typed: string) => string | undefined;
  readonly onCommit: (typed: string) => void;
}

/** Commits what can be read: a value, or null for nothing. What cannot is not committed, and says why. */
export function reading(read: (typed: string) => Typed, onCommit: (value: JsonValue) => void): Reading {
  return {
    check: (typed) => {
      const result = read(typed);
      return result.ok ? undefined : result.message;
    },
    onCommit: (typed) => {
      const result = read(typed);
      if (result.ok) onCommit(result.value);
    },
  };
}

// What channels have in common that hold one value as it was written.
import type { ChannelDef } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";
import { wholeSchema } from "./schema-parts.js";

/** Holds a write as it is. */
export const singleValue = {
  clearable: true,
  start: (initial: JsonValue | undefined): JsonValue | undefined => initial,
  fold: (_held: JsonValue | undefined, write: JsonValue): JsonValue | undefined => write,
  view: (held: JsonValue | undefined): JsonValue | undefined => held,
  restore: (value: JsonValue | undefined): JsonValue | undefined => value,
  check: (def: ChannelDef) => ({ schema: wholeSchema(def) }),
} as const;

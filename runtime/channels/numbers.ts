// What channels have in common that hold a number.
import type { JsonValue } from "../model/json.js";
import type { Refusal } from "./reducer.js";

/** The number as JSON keeps it, which has no -0; undefined for anything else. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" ? value + 0 : undefined;
}

/** Refuses what is not a number. */
export function refuseOthers(reducer: string, write: JsonValue): Refusal | undefined {
  return typeof write === "number" && Number.isFinite(write) ? undefined : { path: "", reason: `a \`${reducer}\` channel takes numbers` };
}

import { PatchbayError } from "../../../runtime/errors.js";

/** What people are told of something that was thrown. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof PatchbayError) return `${thrown.code}: ${thrown.message}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

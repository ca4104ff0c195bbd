import type { RunView } from "../protocol/views.js";

/** Whether a person may redirect a run now: `undefined` where there is none, else the reason why not, or nothing. */
export function redirecting(
  { status, past, inside }: RunView,
  trusted: boolean,
): { readonly able: boolean; readonly because: string } | undefined {
  if (status === "none" || status === "completed" || status === "cancelled") return undefined;
  if (past === true) return { able: false, because: ": go back to now first" };
  if (inside !== undefined && inside.place !== null) return { able: false, because: ": redirect the run around it instead" };
  if (!trusted) return { able: false, because: ": trust the workspace first" };
  return status === "running" ? { able: false, because: ": pause the run first" } : { able: true, because: "" };
}

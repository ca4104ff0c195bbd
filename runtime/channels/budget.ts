import { errorInfo, type ErrorInfo } from "../errors.js";
import type { ChannelState } from "./channel-state.js";

/** How many of the largest channels an error names. */
const NAMED = 3;

/** A state that fits its budget of so many bytes, or why it does not. Weighs the whole state only where the bound on it is passed. */
export function withinBudget(
  channels: ChannelState,
  bytes: number,
): { readonly ok: true; readonly channels: ChannelState } | { readonly ok: false; readonly error: ErrorInfo } {
  if (channels.bytes <= bytes) return { ok: true, channels };
  const weighed = channels.weighed();
  if (weighed.bytes <= bytes) return { ok: true, channels: weighed };
  const largest = weighed.sizes().slice(0, NAMED);
  const named = largest.map(([name, size]) => `"${name}" ${sizeText(size)}`).join(", ");
  const message = `The state would take ${sizeText(weighed.bytes)}, and may take ${sizeText(bytes)}. Its largest channels: ${named}.`;
  return {
    ok: false,
    error: errorInfo("STATE_BUDGET", message, { bytes: weighed.bytes, limit: bytes, channels: Object.fromEntries(largest) }),
  };
}

function sizeText(bytes: number): string {
  if (bytes < 2 ** 20) return `${Math.ceil(bytes / 2 ** 10)} KB`;
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}

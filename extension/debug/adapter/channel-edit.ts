// Values in channels, given by people.
import { readPlace, settled, valueAt, withValueAt, type ChannelPlace } from "../../../runtime/blame/channel-path.js";
import { PatchbayError } from "../../../runtime/errors.js";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";
import { evaluateIn } from "./evaluate.js";

/** The place in a channel that an expression names, as its value is now; undefined for any other expression. */
export function placeIn({ run }: Level, expression: string): ChannelPlace | undefined {
  const { channel, path } = placeNamed(expression.trim()) ?? {};
  if (channel === undefined || path === undefined || !run.moment.plan.channels.has(channel)) return undefined;
  return { channel, path: settled(run.moment.value(channel), path) };
}

/** Gives a place in a channel another value. Throws `INPUT_INVALID`, and as `RunSession.edit` does. */
export function setPlace({ run }: Level, { channel, path }: ChannelPlace, value: JsonValue, actor: string): void {
  const whole = withValueAt(run.moment.value(channel), path, value);
  if (whole === undefined) throw new PatchbayError("INPUT_INVALID", "Nothing can stand there.", { channel });
  run.edit({ values: { [channel]: whole } }, actor);
}

/** What stands at a place in a channel. */
export function valueIn({ run }: Level, { channel, path }: ChannelPlace): JsonValue | undefined {
  return valueAt(run.moment.value(channel), path);
}

/** What a text comes to: JSON, or an expression in a frame. Throws `INPUT_INVALID`. */
export function valueOf(text: string, level: Level): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    const result = evaluateIn(level, text);
    if (result.ok) return result.value;
    throw new PatchbayError("INPUT_INVALID", `"${text}" is neither JSON nor an expression: ${result.message}`);
  }
}

function placeNamed(expression: string): ChannelPlace | undefined {
  try {
    return readPlace(expression);
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return undefined;
    throw thrown;
  }
}

import * as v from "valibot";
import type { Intent } from "../../runtime/document/intent.js";

const json: v.GenericSchema<unknown, never> = v.unknown() as never;
const fields = v.record(v.string(), json);
const position = v.tuple([v.number(), v.number()]);
const box = v.tuple([v.number(), v.number(), v.number(), v.number()]);

/** An edit as it crosses from the canvas to the host; the same type as the runtime's `Intent`. */
export const intent = v.variant("type", [
  v.object({ type: v.literal("node/add"), id: v.string(), fields, position }),
  v.object({ type: v.literal("node/update"), id: v.string(), patch: fields }),
  v.object({ type: v.literal("node/move"), positions: v.record(v.string(), position) }),
  v.object({ type: v.literal("node/remove"), ids: v.array(v.string()) }),
  v.object({ type: v.literal("edge/add"), id: v.string(), fields }),
  v.object({ type: v.literal("edge/update"), id: v.string(), patch: fields }),
  v.object({ type: v.literal("edge/remove"), ids: v.array(v.string()) }),
  v.object({ type: v.literal("channel/set"), name: v.string(), fields }),
  v.object({ type: v.literal("channel/remove"), names: v.array(v.string()) }),
  v.object({ type: v.literal("channel/rename"), name: v.string(), to: v.string() }),
  v.object({ type: v.literal("title/set"), title: v.string() }),
  v.object({ type: v.literal("compile/update"), patch: fields }),
  v.object({ type: v.literal("note/add"), id: v.string(), fields, box }),
  v.object({ type: v.literal("note/update"), id: v.string(), patch: fields }),
  v.object({ type: v.literal("note/resize"), id: v.string(), box }),
  v.object({ type: v.literal("note/remove"), ids: v.array(v.string()) }),
  v.object({ type: v.literal("group/add"), id: v.string(), fields }),
  v.object({ type: v.literal("group/update"), id: v.string(), patch: fields }),
  v.object({ type: v.literal("group/remove"), ids: v.array(v.string()) }),
]) satisfies v.GenericSchema<unknown, Intent>;

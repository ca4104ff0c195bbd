// What a frame shows: the channels of its run, what its task was given and has written, and the run itself.
import { superstepOf } from "../../../runtime/checkpoint/checkpoint.js";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";
import { lastWrites } from "./last-writes.js";
import { childrenOf, type Child, type Children } from "./variables.js";

/** A scope of a frame. */
export interface FrameScope {
  readonly name: "Channels" | "Input" | "Writes" | "Run";
  readonly hint: "globals" | "arguments" | "returnValue" | "locals";
  readonly children: Children;
}

/** The scopes of a frame, without those that have nothing in them. */
export function scopesOf(level: Level): readonly FrameScope[] {
  const { run, task } = level;
  const writes = writesOf(level);
  return [
    { name: "Channels", hint: "globals", children: channels(level) },
    ...(task.input === undefined ? [] : [{ name: "Input", hint: "arguments", children: rooted(task.input, "input") } as const]),
    ...(writes.length === 0 ? [] : [{ name: "Writes", hint: "returnValue", children: listed(writes) } as const]),
    { name: "Run", hint: "locals", children: listed(facts(run)) },
  ];
}

function channels(level: Level): Children {
  const { moment } = level.run;
  const names = [...moment.plan.channels.keys()].toSorted();
  const child = (name: string): Child => ({ name, value: moment.value(name), expression: name, of: level });
  return {
    named: names.length,
    indexed: 0,
    list: (_filter, start, count) => names.slice(start, start + count).map(child),
    of: level,
    expressionOf: (name) => name,
  };
}

function rooted(value: JsonValue, expression: string): Children {
  return childrenOf(value, expression) ?? listed([{ name: expression, value, expression }]);
}

/** Of a node that wrote alone, its writes are what `output` is. */
function writesOf({ run }: Level): readonly Child[] {
  const all = lastWrites(run.moment);
  return all.map(({ node, writes }) => ({ name: node, value: writes, ...(all.length === 1 ? { expression: "output" } : {}) }));
}

function facts(run: Level["run"]): readonly Child[] {
  const { id, head, status, frontier, plan } = run;
  const all: Readonly<Record<string, JsonValue>> = {
    id,
    status,
    superstep: superstepOf(frontier),
    checkpoint: head,
    revision: plan.revision,
  };
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}

function listed(all: readonly Child[]): Children {
  return { named: all.length, indexed: 0, list: (_filter, start, count) => all.slice(start, start + count) };
}

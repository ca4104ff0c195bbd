// What a frame shows: the channels of its run, what its task was given and has written, and the run itself.
import { superstepOf, type StoredResult } from "../../../runtime/checkpoint/checkpoint.js";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";
import { childrenOf, type Child, type Children } from "./variables.js";

/** A scope of a frame. */
export interface FrameScope {
  readonly name: "Channels" | "Input" | "Writes" | "Run";
  readonly hint: "globals" | "arguments" | "returnValue" | "locals";
  readonly children: Children;
}

/** The scopes of a frame, without those that have nothing in them. `actor`: who edits values. */
export function scopesOf(level: Level, actor: string): readonly FrameScope[] {
  const { run, task } = level;
  const writes = lastWrites(level);
  return [
    { name: "Channels", hint: "globals", children: channels(level, actor) },
    ...(task.input === undefined ? [] : [{ name: "Input", hint: "arguments", children: rooted(task.input, "input") } as const]),
    ...(writes.length === 0 ? [] : [{ name: "Writes", hint: "returnValue", children: listed(writes) } as const]),
    { name: "Run", hint: "locals", children: listed(facts(run)) },
  ];
}

function channels({ run }: Level, actor: string): Children {
  const names = [...run.moment.plan.channels.keys()];
  const values = run.channels;
  const child = (name: string): Child => ({ name, value: Object.hasOwn(values, name) ? values[name] : undefined, expression: name });
  return {
    named: names.length,
    indexed: 0,
    list: (_filter, start, count) => names.slice(start, start + count).map(child),
    set: (name, value) => run.edit({ values: { [name]: value } }, actor),
  };
}

function rooted(value: JsonValue, expression: string): Children {
  return childrenOf(value, expression) ?? listed([{ name: expression, value, expression }]);
}

/** What the tasks that finished last have written; of the open superstep, those that have finished so far. */
function lastWrites({ run }: Level): readonly Child[] {
  const { frontier, finished } = run.moment;
  const done: readonly Pick<StoredResult, "node" | "writes">[] = frontier.open ? frontier.results : finished;
  return done.filter(({ writes }) => Object.keys(writes).length > 0).map(({ node, writes }) => ({ name: node, value: writes }));
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

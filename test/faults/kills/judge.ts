import { PatchbayError } from "../../../runtime/errors.js";
import type { JsonObject } from "../../../runtime/index.js";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import type { Effects } from "./effects-server.js";
import { finishedIn, type FinishedWork } from "./finished-work.js";
import type { Life } from "./life.js";
import type { Effect, Line } from "./protocol.js";

// What must hold:
// 1. What was told as safe is in the store after a kill, and so is what was there before.
// 2. Nothing that was finished in the store when a program began is begun again by it.
// 3. No effect happens twice: no two keys are of the same work, and all that an undisturbed run does is done.
// 4. The run ends in the state of an undisturbed one.
// 5. The store is sound, whenever it is looked at.

/** What was found wrong, one sentence each. */
export type Findings = readonly string[];

/** After a life: what its store must have, given what it had before. */
export function judgeLife(store: CheckpointStore, before: FinishedWork, life: Life, told: readonly Effect[], shows: boolean): Findings {
  const now = finishedIn(store);
  const repeated = told.filter(({ kind, host, key }) => kind === "began" && host === life.host && before.has(key));
  return [
    ...life.lines.flatMap((line) => lost(store, now, line, shows)), // 1
    ...(now.superstep < before.superstep ? [`Superstep ${String(before.superstep)} is not there any more.`] : []),
    ...repeated.map(({ key, name }) => `${key} (${name}) was finished, and has begun again.`), // 2
    ...store.verify().map(({ checkpoint, message }) => `The store: ${checkpoint} ${message}`), // 5
  ];
}

/** What a run does and comes to that nobody disturbs. */
export interface Undisturbed {
  /** Of its effects. */
  readonly names: readonly string[];
  readonly state: JsonObject;
}

/** After the last life, which nobody ended. */
export function judgeEnd(life: Life, effects: Effects, undisturbed: Undisturbed): Findings {
  const state = finalState(life);
  if (state === undefined) return [`It ended (${String(life.end)}) with ${JSON.stringify(life.lines.at(-1))} ${life.errors}`];
  const names = [...effects.done.values()].toSorted();
  const twice = names.filter((name, place) => names[place - 1] === name);
  const missing = undisturbed.names.filter((name) => !names.includes(name));
  const [is, should] = [JSON.stringify(state), JSON.stringify(undisturbed.state)];
  return [
    ...twice.map((name) => `The effect of "${name}" has happened twice.`), // 3
    ...missing.map((name) => `The effect of "${name}" has not happened.`),
    ...(is === should ? [] : [`It ended with ${is}, and undisturbed with ${should}.`]), // 4
  ];
}

/** The state that a life completed its run with. */
export function finalState({ end, lines }: Life): JsonObject | undefined {
  const last = lines.at(-1);
  return end === 0 && last !== undefined && "ended" in last && last.ended === "completed" ? last.state : undefined;
}

function lost(store: CheckpointStore, now: FinishedWork, line: Line, shows: boolean): Findings {
  if ("saved" in line) return line.saved.flatMap((id) => (isThere(store, id) ? [] : [`Checkpoint ${id} was told as safe, and is gone.`]));
  if ("kept" in line) {
    const { run, task, items = [undefined] } = line.kept;
    return items.every((item) => now.hasTask(run, task, item)) ? [] : [`The result of ${run}/${task} was told as kept, and is gone.`];
  }
  if ("shown" in line && shows && now.superstep < line.shown) return [`Superstep ${String(line.shown)} was shown, and is gone.`];
  return [];
}

function isThere(store: CheckpointStore, id: string): boolean {
  try {
    return store.load(id).id === id;
  } catch (thrown) {
    if (thrown instanceof PatchbayError && thrown.code === "NOT_FOUND") return false;
    throw thrown;
  }
}

import type { ChannelProgram } from "../channels/channel-program.js";
import type { ChannelState } from "../channels/channel-state.js";
import type { Decision, StoredTask } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import type { Variables } from "../expression/cel.js";
import type { JsonValue } from "../model/json.js";
import type { GraphCall, GraphOutcome, TaskContext } from "../plan/behaviour.js";
import type { ItemServices } from "../plan/items.js";
import type { ChannelView, HandlerEvents, HandlerHost, HttpClient } from "../ports.js";
import type { Attempt, AttemptContexts, OpenContext } from "./attempts.js";
import { itemServices } from "./item-services.js";
import type { Snapshot } from "./snapshot.js";
import type { TaskServices } from "./task-runner.js";

type LogLevel = Parameters<HandlerEvents["log"]>[0];

/** What the behaviour of a task sees, attempt by attempt. `error`: what the node failed with, for its fallback. */
export function attemptContexts(
  run: string,
  snapshot: Snapshot,
  task: StoredTask,
  services: TaskServices,
  error?: ErrorInfo,
): AttemptContexts {
  const decided = decisionsOf(task, snapshot);
  return { open: (attempt) => new AttemptContext(run, snapshot, task, services, attempt, decided, error) };
}

/** One attempt as its behaviour sees it. Its methods may not be taken out of it. */
class AttemptContext implements OpenContext {
  readonly run: string;
  readonly taskId: string;
  readonly node: string;
  readonly superstep: number;
  readonly attempt: number;
  readonly lastAttempt: boolean;
  readonly signal: AbortSignal;
  readonly input: JsonValue | undefined;
  readonly decision: Decision | undefined;
  readonly answers: Readonly<Record<string, Decision>>;
  readonly error?: ErrorInfo;
  readonly #channels: ChannelState;
  readonly #task: StoredTask;
  readonly #services: TaskServices;
  readonly #alive: (() => void) | undefined;
  #open = true;

  constructor(
    run: string,
    { channels, frontier }: Snapshot,
    task: StoredTask,
    services: TaskServices,
    { attempt, last, signal, alive }: Attempt,
    { decision, answers }: Decided,
    error: ErrorInfo | undefined,
  ) {
    this.run = run;
    this.taskId = task.id;
    this.node = task.node;
    this.superstep = frontier.superstep + 1;
    this.attempt = attempt;
    this.lastAttempt = last;
    this.signal = signal;
    this.input = task.input;
    this.decision = decision;
    this.answers = answers;
    if (error !== undefined) this.error = error;
    this.#channels = channels;
    this.#task = task;
    this.#services = services;
    this.#alive = alive;
  }

  get handlers(): HandlerHost {
    return this.#services.handlers;
  }

  get http(): HttpClient {
    return this.#services.http;
  }

  get events(): HandlerEvents {
    return this;
  }

  alive(): void {
    this.#mayReport();
  }

  channel(name: string): ChannelView | undefined {
    return this.#channels.view(name);
  }

  channelNames(): Iterable<string> {
    return this.#channels.names();
  }

  program(name: string): ChannelProgram | undefined {
    return this.#channels.program(name);
  }

  variables(): Variables {
    return this.#channels.variables({ input: this.input ?? null, run: { id: this.run, superstep: this.superstep } });
  }

  resolve(path: string): string {
    return this.#services.resolve(path);
  }

  runGraph(call: GraphCall): Promise<GraphOutcome> {
    const { attempt, signal } = this;
    const { nested, trace } = this.#services;
    return nested.run(this.#task, call, { attempt, signal, alive: this.#alive, trace });
  }

  graphMeaning(path: string): JsonValue {
    return this.#services.nested.meaning(path, this.handlers);
  }

  items(): ItemServices {
    const { superstep, node } = this;
    const { trace } = this.#services;
    return itemServices(this.#task, { trace, superstep, node, mayReport: () => this.#mayReport() }, this.#services);
  }

  log(level: LogLevel, message: string): void {
    if (this.#mayReport()) this.#services.trace.record({ type: "log", superstep: this.superstep, node: this.node, level, message });
  }

  progress(fraction: number, message?: string): void {
    if (!this.#mayReport()) return;
    const { superstep, node, taskId: task } = this;
    this.#services.trace.record({ type: "task-progress", superstep, node, task, fraction, ...(message === undefined ? {} : { message }) });
  }

  emit(value: JsonValue): void {
    if (!this.#mayReport()) return;
    this.#services.trace.emit({ type: "token", superstep: this.superstep, node: this.node, task: this.taskId, value });
  }

  close(): void {
    this.#open = false;
  }

  /** A call that was given up goes on reporting until it notices. */
  #mayReport(): boolean {
    if (!this.#open || this.signal.aborted) return false;
    this.#alive?.();
    return true;
  }
}

/** What the key of a task's questions starts with: the node's id, with what tells its tasks of one superstep apart. */
function questionPrefix(task: StoredTask): string {
  return task.id.slice(task.id.indexOf("/") + 1);
}

/** The key of a question of a task; `key` is the handler's own. */
export function questionKey(task: StoredTask, key: string | undefined): string {
  return key === undefined ? questionPrefix(task) : `${questionPrefix(task)}/${key}`;
}

type Decided = Pick<TaskContext, "decision" | "answers">;
const undecided: Decided = { decision: undefined, answers: {} };

function decisionsOf(task: StoredTask, { frontier: { questions, decisions } }: Snapshot): Decided {
  if (questions.length === 0) return undecided;
  const prefix = questionPrefix(task);
  const asked = questions.filter((question) => question.task === task.id && question.key !== prefix);
  const answers = asked.flatMap(({ key }): (readonly [string, Decision])[] => {
    const decision = decisions[key];
    return decision === undefined ? [] : [[key.slice(prefix.length + 1), decision]];
  });
  return { decision: decisions[prefix], answers: Object.fromEntries(answers) };
}

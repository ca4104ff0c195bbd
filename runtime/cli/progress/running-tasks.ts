import type { LiveEvent } from "../../trace/event.js";
import { percent } from "../../model/figures.js";
import { oneLine } from "../trace-line.js";

interface RunningTask {
  readonly node: string;
  readonly since: number;
  readonly said: string;
}

/** The tasks at work in a run, as its trace tells of them. */
export class RunningTasks {
  readonly #tasks = new Map<string, RunningTask>();

  /** Takes an event; `now` is monotonic, in milliseconds. */
  add(event: LiveEvent, now: number): void {
    switch (event.type) {
      case "task-started":
        return void this.#tasks.set(event.task, { node: event.node, since: now, said: "" });
      case "task-progress":
        return this.#say(
          event.task,
          [percent(event.fraction), ...(event.message === undefined ? [] : [oneLine(event.message)])].join("  "),
        );
      case "task-retried":
        return this.#say(event.task, `attempt ${event.attempt} failed: ${oneLine(event.error.message)}`);
      case "task-finished":
      case "task-failed":
        return void this.#tasks.delete(event.task);
      case "superstep-finished":
      case "run-paused":
      case "run-finished":
        // Those that asked have not ended.
        return this.#tasks.clear();
      default:
    }
  }

  /** One line for each, in the order in which they began: node, how long it has been at work, what it last reported. */
  lines(now: number): readonly string[] {
    const tasks = [...this.#tasks.values()];
    const width = Math.max(0, ...tasks.map(({ node }) => node.length));
    return tasks.map(({ node, since, said }) => `${node.padEnd(width)}  ${elapsed(now - since)}  ${said}`.trimEnd());
  }

  #say(task: string, said: string): void {
    const running = this.#tasks.get(task);
    if (running !== undefined) this.#tasks.set(task, { ...running, said });
  }
}

/** Changes ten times a second at most, and keeps its width as long as it can. */
function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 100) / 10;
  if (seconds < 60) return `${seconds.toFixed(1).padStart(4)} s`;
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")} min`;
}

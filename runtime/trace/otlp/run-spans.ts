// The spans of one run, folded from its trace.
//
// 1. The run is the root (of a run inside a task: a child of that task's span), supersteps are its children, tasks theirs.
// 2. Ids come from what a span stands for: the run, and the number of the event that began it. Whoever folds a trace gets the same spans.
// 3. No values of channels, no input, no tokens: names, counts, durations, errors and what people and handlers said for the trace.
// 4. Memory holds what has not ended.
import type { TraceEvent } from "../event.js";
import { OpenSpan } from "./open-span.js";
import type { Attributes, Span } from "./span.js";
import { spanIdOf } from "./span-ids.js";

/** Where the spans of a run belong. */
export interface RunPlace {
  readonly run: string;
  /** Name of its graph. */
  readonly graph: string;
  readonly traceId: string;
  /** The task's span, of a run inside one. */
  readonly parentSpanId?: string | undefined;
}

/** What one event brought about. */
export interface Folded {
  /** Spans that ended by it. */
  readonly spans: readonly Span[];
  /** A run inside the task began. */
  readonly inner?: RunPlace;
}

type EventOf<Type extends TraceEvent["type"]> = Extract<TraceEvent, { readonly type: Type }>;

/** Folds the trace of one run. */
export class RunSpans {
  readonly #place: RunPlace;
  #root: OpenSpan | undefined;
  #superstep: OpenSpan | undefined;
  /** By task. */
  readonly #tasks = new Map<string, OpenSpan>();
  #lastAt = 0;
  #ended = false;

  constructor(place: RunPlace) {
    this.#place = place;
  }

  /** Whether the run stood at its end after the last event. */
  get ended(): boolean {
    return this.#ended;
  }

  add(event: TraceEvent): Folded {
    this.#lastAt = Math.max(this.#lastAt, event.at);
    this.#ended = event.type === "run-finished" || (this.#ended && event.type === "checkpoint");
    switch (event.type) {
      case "superstep-started":
        return { spans: this.#beginSuperstep(event) };
      case "superstep-finished":
        return { spans: this.#endSuperstep(event.at, true) };
      case "task-started":
        return { spans: this.#beginTask(event) };
      case "task-finished":
      case "task-failed":
        return { spans: this.#endTask(event) };
      case "nested-run":
        return { spans: [], inner: this.#inner(event) };
      case "run-paused":
        this.#run(event.at).happened(event.type, event.at, { "patchbay.reason": event.reason });
        return { spans: this.#endSuperstep(event.at, false) };
      case "run-finished":
        return { spans: this.#finishRun(event) };
      default:
        this.#note(event);
        return { spans: [] };
    }
  }

  /** What has not ended, the root last: to be called once, when no more events come. */
  finish(): readonly Span[] {
    const spans = this.#endSuperstep(this.#lastAt, false);
    const root = this.#root;
    this.#root = undefined;
    return root === undefined ? spans : [...spans, root.end(this.#lastAt)];
  }

  #run(at: number): OpenSpan {
    const { run, graph, traceId, parentSpanId } = this.#place;
    this.#root ??= new OpenSpan({ traceId, spanId: spanIdOf(run, "run"), parentSpanId }, `run ${graph}`, at, {
      "patchbay.run": run,
      "patchbay.graph": graph,
    });
    return this.#root;
  }

  #child(part: string, parent: OpenSpan, name: string, at: number, attributes: Attributes): OpenSpan {
    const { run, traceId } = this.#place;
    return new OpenSpan({ traceId, spanId: spanIdOf(run, part), parentSpanId: parent.place.spanId }, name, at, {
      "patchbay.run": run,
      ...attributes,
    });
  }

  #beginSuperstep({ seq, at, superstep, due }: EventOf<"superstep-started">): readonly Span[] {
    const before = this.#endSuperstep(at, false);
    this.#openSuperstep(seq, at, superstep, due);
    return before;
  }

  #openSuperstep(seq: number, at: number, superstep: number, due?: readonly string[]): OpenSpan {
    const attributes = { "patchbay.superstep": superstep, "patchbay.due": due };
    this.#superstep = this.#child(`superstep/${seq}`, this.#run(at), `superstep ${superstep}`, at, attributes);
    return this.#superstep;
  }

  #endSuperstep(at: number, whole: boolean): readonly Span[] {
    const tasks = [...this.#tasks.values()].map((span) => {
      span.set({ "patchbay.unfinished": true });
      return span.end(at);
    });
    this.#tasks.clear();
    const span = this.#superstep;
    this.#superstep = undefined;
    if (span === undefined) return tasks;
    if (whole) span.ok();
    return [...tasks, span.end(at)];
  }

  /** A superstep that was left open goes on without an event of its own that says so. */
  #beginTask({ seq, at, superstep, node, task }: EventOf<"task-started">): readonly Span[] {
    const around = this.#superstep ?? this.#openSuperstep(seq, at, superstep);
    const again = this.#tasks.get(task);
    const attributes = { "patchbay.superstep": superstep, "patchbay.node": node, "patchbay.task": task };
    this.#tasks.set(task, this.#child(`task/${task}/${seq}`, around, node, at, attributes));
    return again === undefined ? [] : [again.end(at)];
  }

  #endTask(event: EventOf<"task-finished" | "task-failed">): readonly Span[] {
    const span = this.#tasks.get(event.task);
    if (event.type === "task-failed") {
      // A result that is refused fails after its task has finished.
      (span ?? this.#superstep ?? this.#run(event.at)).failed(event.error, event.at);
      span?.set({ "patchbay.caught": event.caught });
    } else {
      const { action, items } = event;
      span?.ok();
      span?.set({ "patchbay.action": action, "patchbay.items.total": items?.total, "patchbay.items.failed": items?.failed });
    }
    this.#tasks.delete(event.task);
    return span === undefined ? [] : [span.end(event.at)];
  }

  #inner({ run, graph, task, at }: EventOf<"nested-run">): RunPlace {
    const around = this.#tasks.get(task) ?? this.#superstep ?? this.#run(at);
    return { run, graph, traceId: this.#place.traceId, parentSpanId: around.place.spanId };
  }

  #finishRun({ at, status, error }: EventOf<"run-finished">): readonly Span[] {
    const spans = this.#endSuperstep(at, status === "completed");
    const root = this.#run(at);
    root.set({ "patchbay.status": status });
    if (error !== undefined) root.failed(error, at);
    else if (status === "completed") root.ok();
    return spans;
  }

  /** What is no span is an event of the innermost span that it happened in. */
  #note(event: TraceEvent): void {
    if (event.type === "run-started") return this.#run(event.at).set({ "patchbay.revision": event.revision });
    const said = wordsOf(event);
    if (said === undefined) return;
    const task = "task" in event ? this.#tasks.get(event.task) : undefined;
    const node = task === undefined && event.type === "log" ? this.#taskOf(event.node) : undefined;
    (task ?? node ?? this.#superstep ?? this.#run(event.at)).happened(event.type, event.at, said);
  }

  /** The span of a node, where it has one task at work. */
  #taskOf(node: string): OpenSpan | undefined {
    const spans = [...this.#tasks].filter(([task]) => task.endsWith(`/${node}`));
    return spans.length === 1 ? spans[0]?.[1] : undefined;
  }
}

/** What a span's event says of a trace event; undefined for one that is not told (invariant 3). */
function wordsOf(event: TraceEvent): Attributes | undefined {
  switch (event.type) {
    case "task-retried":
      return {
        "patchbay.attempt": event.attempt,
        "exception.type": event.error.code,
        "exception.message": event.error.message,
        "patchbay.delay_ms": event.delayMs,
      };
    case "task-fallback":
      return { "exception.type": event.error.code, "exception.message": event.error.message };
    case "task-cached":
    case "task-bypassed":
      return {};
    case "task-replayed":
      return { "patchbay.node": event.node, "patchbay.task": event.task, "patchbay.checkpoint": event.checkpoint };
    case "write":
      return { "patchbay.node": event.node, "patchbay.channels": [...Object.keys(event.writes), ...(event.cleared ?? [])] };
    case "route-taken":
      return {
        "patchbay.node": event.node,
        "patchbay.edge": event.edge,
        "patchbay.to": event.to,
        "patchbay.why": event.why,
        "patchbay.forced": event.forced,
      };
    case "route-forced":
      return { "patchbay.node": event.node, "patchbay.edge": event.edge, "patchbay.forced": event.forced };
    case "route-overridden":
      return { "patchbay.node": event.node, "patchbay.to": event.to };
    case "moved":
      return { "patchbay.node": event.node, "patchbay.task": event.task, "patchbay.to": [event.to] };
    case "restarted":
      return { "patchbay.node": event.node, "patchbay.task": event.task };
    case "question":
      return { "patchbay.node": event.node, "patchbay.question": event.key };
    case "decision":
      return { "patchbay.node": event.node, "patchbay.question": event.key, "patchbay.action": event.action };
    case "input":
      return { "patchbay.channels": Object.keys(event.input) };
    case "edited":
      return { "patchbay.node": event.node, "patchbay.channels": Object.keys(event.writes) };
    case "state-edited":
      return { "patchbay.channels": [...Object.keys(event.values), ...(event.cleared ?? [])] };
    case "recompile":
      return { "patchbay.class": event.class, "patchbay.revision": event.revision };
    case "migrated":
      return { "patchbay.revision": event.to, "patchbay.modules": event.modules };
    case "carried-over":
      return { "patchbay.verdict": event.verdict, "patchbay.revision": event.to };
    case "restored":
      return { "patchbay.checkpoint": event.checkpoint };
    case "log":
      return { "patchbay.node": event.node, "log.level": event.level, "log.message": event.message };
    default:
      return undefined;
  }
}

import { CompileQueue, systemClock } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { elapsedSync, expectCount, measure, type Subject } from "./measure.js";
import { row } from "./table.js";

const GRAPHS = 1_000;
const NOTIFIES = 100_000;
const NS_PER_MS = 1e6;

/** Nothing is compiled meanwhile: what is measured is what an edit waits for. */
const patient = { sizeThreshold: Number.MAX_SAFE_INTEGER, staleAfterMs: 86_400_000, staleMinEdits: 1 };
const reasons = ["edge e1 retargeted: a -> b is now a -> c"];

const NOTE = "Nanoseconds of one call, with somebody who listens. The peer has no queue.";

/** What it costs an edit to be noted. */
export const queue: Benchmark = {
  name: "queue",
  run: async () => {
    const [waiting, many, first] = await measure([anotherEdit(1), anotherEdit(GRAPHS), firstEdits()]);
    const shared = { unit: "ns", better: "less", note: NOTE } as const;
    return [
      row({ name: "notify, a graph that waits", ...shared, ours: waiting }),
      row({ name: `notify, ${GRAPHS.toLocaleString("en-US")} graphs that wait, in turn`, ...shared, ours: many }),
      row({ name: `notify, the first edit of each of ${GRAPHS.toLocaleString("en-US")} graphs`, ...shared, ours: first }),
    ];
  },
};

function queueWith(graphs: number): { readonly subject: CompileQueue; readonly names: readonly string[] } {
  const subject = new CompileQueue(systemClock);
  subject.onDidChange(() => undefined);
  const names = Array.from({ length: graphs }, (_, index) => `file:///workspace/graph-${index}.patchbay.json`);
  for (const name of names) subject.register(name, () => undefined);
  return { subject, names };
}

/** Edits of graphs that have some already. */
function anotherEdit(graphs: number): Subject {
  const { subject, names } = queueWith(graphs);
  return subjectOf(() => {
    const ms = elapsedSync(() => {
      for (let call = 0; call < NOTIFIES; call += 1) subject.notify(names[call % graphs] ?? "", reasons, patient);
    });
    expectCount("edits that wait", sum(subject), NOTIFIES);
    forget(subject, names);
    return (ms * NS_PER_MS) / NOTIFIES;
  });
}

/** Each graph comes to wait: it gets its place in the line. */
function firstEdits(): Subject {
  const { subject, names } = queueWith(GRAPHS);
  return subjectOf(() => {
    const ms = elapsedSync(() => {
      for (const name of names) subject.notify(name, reasons, patient);
    });
    expectCount("edits that wait", sum(subject), GRAPHS);
    forget(subject, names);
    return (ms * NS_PER_MS) / GRAPHS;
  });
}

function sum(subject: CompileQueue): number {
  return subject.backlog.reduce((edits, entry) => edits + entry.edits, 0);
}

function forget(subject: CompileQueue, names: readonly string[]): void {
  for (const name of names) subject.withdraw(name);
}

function subjectOf(once: Subject["once"]): Subject {
  return { once, rounds: 100, warmUp: 10, budgetMs: 3_000 };
}

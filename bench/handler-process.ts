import { existsSync } from "node:fs";
import { createHandlerHost, type HandlerCall, type HandlerHost, type JsonValue } from "../runtime/index.js";
import { inProject } from "../scripts/layout.mjs";
import type { Benchmark } from "./benchmark.js";
import { elapsed, expectCount, measure } from "./measure.js";
import { row, type Row } from "./table.js";

const KILOBYTES = 1024;
const entry = inProject("dist", "handler-process.mjs");

const silent = { log: () => undefined, progress: () => undefined };

/** A handler called in its own process and back. No peer: there the nodes run in the caller's process. */
export const handlerProcess: Benchmark = {
  name: "handler-process",
  run: async () => {
    if (!existsSync(entry)) return [roundTrip("", undefined, "The handler process is not built: `npm run build` makes it.")];
    const host = createHandlerHost({ entry, workspace: inProject("bench", "handlers") });
    try {
      const [small, large] = await measure([subject(host, "small", "x"), subject(host, "large", "x".repeat(KILOBYTES * KILOBYTES))]);
      return [roundTrip("", small), roundTrip(" that reads an unchanged channel of 1 MB", large)];
    } finally {
      await host.dispose();
    }
  },
};

function subject(host: HandlerHost, run: string, ballast: JsonValue) {
  let count = 0;
  const once = (): Promise<number> =>
    elapsed(async () => {
      count += 1;
      const outcome = await host.call(callOf(run, count, ballast), silent, new AbortController().signal);
      if (!outcome.ok) throw new Error(outcome.error.message);
      expectCount("handler result", Number(outcome.result.update["count"]), count + 1);
    });
  return { once, rounds: 1_000, warmUp: 200, budgetMs: 5_000 };
}

function callOf(run: string, count: number, ballast: JsonValue): HandlerCall {
  const taskId = `${count}/tick`;
  return {
    taskId,
    run,
    node: "tick",
    module: inProject("bench", "handlers", "tick.mjs"),
    exportName: "tick",
    channels: { count: { version: count, value: count }, ballast: { version: 1, value: ballast } },
    attempt: 1,
    idempotencyKey: `${run}/${taskId}`,
    answers: {},
  };
}

function roundTrip(what: string, ours: Parameters<typeof row>[0]["ours"], note?: string): Row {
  return row({ name: `handler-process round trip${what}`, unit: "ms", better: "less", ours, note });
}

import { AsyncLocalStorage } from "node:async_hooks";
import { logLine, type Reports } from "./context.js";
import type { LogLevel } from "./messages.js";

const levels = { log: "info", info: "info", debug: "debug", warn: "warn", error: "error", trace: "debug" } as const satisfies Record<
  string,
  LogLevel
>;

/** Knows which call the code that is running belongs to, so that `console.log` ends up in the right node's trace. */
export class CallScope {
  readonly #storage = new AsyncLocalStorage<Reports>();

  run<Result>(reports: Reports, work: () => Result): Result {
    return this.#storage.run(reports, work);
  }

  /** The reports of the call that the code which is running belongs to, if it belongs to one. */
  current(): Reports | undefined {
    return this.#storage.getStore();
  }

  /** From now on, what a handler writes to the console is a log of its call; outside of calls it is printed as before. */
  routeConsole(): void {
    for (const [method, level] of Object.entries(levels) as [keyof typeof levels, LogLevel][]) {
      const print = console[method].bind(console);
      console[method] = (...parts: unknown[]) => {
        const reports = this.#storage.getStore();
        if (reports === undefined) print(...parts);
        else reports.log(level, logLine(parts));
      };
    }
  }
}

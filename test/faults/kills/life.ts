import { spawn } from "node:child_process";
import type { Line, ProgramTerms } from "./protocol.js";

/** When something is killed next. */
export interface Instant {
  /** The whole program, or one of its handler processes. */
  readonly whom: "host" | "handler";
  /** After so many things that were heard of it, */
  readonly after: number;
  /** and so many milliseconds; 0: at once, before whoever told it has an answer. */
  readonly delay: number;
}

/** What became of a program between its start and its end. */
export interface Life {
  /** Its process id, which handlers name as their host. */
  readonly host: number;
  /** What it said, in whole lines. */
  readonly lines: readonly Line[];
  /** Killed, or ended by itself with this status. */
  readonly end: "killed" | "hung" | number;
  /** How many handler processes were killed. */
  readonly handlersKilled: number;
  readonly errors: string;
}

/** A program under way. */
export interface Running {
  /** Something was heard of it: by a handler of the process `handler`, if one told it. */
  heard(handler?: number): void;
  readonly ended: Promise<Life>;
}

/** Minutes, not a bound on speed: only to end what hangs. */
const HANGS_AFTER_MS = 120_000;

/** Starts the program. `next` says when the next one is killed; undefined: nobody is. */
export function live(program: string, terms: ProgramTerms, next: () => Instant | undefined): Running {
  const newKeys = terms.fault === "new-keys" ? { PATCHBAY_TEST_NEW_KEYS: "1" } : {};
  const child = spawn(process.execPath, [program, JSON.stringify(terms)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...newKeys },
  });
  let [output, errors] = ["", ""];
  let killed = false;
  const handlers = new Set<number>();
  let handler: number | undefined;
  let instant = next();
  let count = 0;

  const kill = (): void => {
    if (instant?.whom === "host") {
      killed = child.kill("SIGKILL");
      instant = undefined;
    } else if (instant !== undefined) {
      if (handler !== undefined && endProcess(handler)) handlers.add(handler);
      [instant, count] = [next(), 0];
    }
  };
  const heard = (from?: number): void => {
    handler = from ?? handler;
    count += 1;
    if (instant === undefined || count !== instant.after) return;
    if (instant.delay === 0) kill();
    else setTimeout(kill, instant.delay);
  };

  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    for (let lines = text.split("\n").length - 1; lines > 0; lines -= 1) heard();
  });
  if (instant?.after === 0) setTimeout(kill, instant.delay);
  let hung = false;
  const watch = setTimeout(() => (hung = child.kill("SIGKILL")), HANGS_AFTER_MS);
  const ended = new Promise<Life>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      instant = undefined;
      clearTimeout(watch);
      const lines = output.split("\n").slice(0, -1);
      resolve({
        host: child.pid ?? 0,
        lines: lines.map((line) => JSON.parse(line) as Line),
        end: hung ? "hung" : killed ? "killed" : (code ?? 1),
        handlersKilled: handlers.size,
        errors,
      });
    });
  });
  return { heard, ended };
}

/** Whether it was there. */
function endProcess(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false; // it has ended by itself
  }
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

const POLITE_MS = 5000;

/** A program of its own process group, so that it can be stopped with everything that it started. */
export interface ProcessTree {
  readonly pid: number;
  /** What it has printed so far, bounded. */
  readonly output: string;
  readonly exited: boolean;
  /** Settles when its head has ended. */
  readonly end: Promise<unknown>;
  /** Ends the whole tree; at once when it does not end politely. */
  stop(): Promise<void>;
  /** Ends the whole tree at once. */
  kill(): void;
}

const KEPT_OUTPUT = 20_000;

/** Starts a program as the head of a new process group. */
export function startTree(program: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): ProcessTree {
  const child = spawn(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  if (child.pid === undefined) throw new Error(`${program} could not be started`);
  const { pid } = child;
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => (output = (output + chunk).slice(-KEPT_OUTPUT)));
  const end = once(child, "exit");
  const kill = (): void => {
    process.off("exit", kill);
    signalTree(pid, "SIGKILL");
  };
  process.once("exit", kill);
  return {
    pid,
    get output() {
      return output;
    },
    get exited() {
      return hasExited(child);
    },
    end,
    async stop() {
      if (!hasExited(child)) {
        signalTree(pid, "SIGTERM");
        await Promise.race([end, new Promise((resolve) => setTimeout(resolve, POLITE_MS).unref())]);
      }
      kill(); // what its head left behind
    },
    kill,
  };
}

const hasExited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

function signalTree(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"]);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // nobody of the group is left
  }
}

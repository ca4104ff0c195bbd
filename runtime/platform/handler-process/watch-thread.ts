import type * as Fs from "node:fs";
import type * as Net from "node:net";
import { Worker } from "node:worker_threads";

/** Milliseconds between two looks at the parent and at the memory. */
const INTERVAL = 1000;

/** What the thread works with. */
interface Watch {
  readonly parent: number;
  readonly pipe: number;
  readonly interval: number;
  readonly residentBytes: number;
  readonly claims: SharedArrayBuffer;
}

/**
 * Starts a thread that does for this process what must also work while user code is in an endless loop: it ends the process, and
 * all that it started, when the parent is gone or the memory is used up, and hands calls back that have not begun.
 */
export function startWatchThread(watch: Omit<Watch, "parent" | "interval">): void {
  const worker = new Worker(
    `(${watchProcess.toString()})(require("node:fs"), require("node:net"), require("node:worker_threads").workerData)`,
    {
      eval: true,
      execArgv: [],
      env: {},
      workerData: { ...watch, parent: process.ppid, interval: INTERVAL } satisfies Watch,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    },
  );
  worker.unref();
}

/** Ends this process and the processes that it started. */
export function endGroup(): never {
  if (process.platform !== "win32") {
    try {
      process.kill(-process.pid, "SIGKILL"); // this process leads a group of its own
    } catch {
      // it does not: it was started by hand
    }
  }
  process.exit();
}

/** Runs in the thread, from its text: it can use nothing but its parameters and what every program has. */
function watchProcess(fs: typeof Fs, net: typeof Net, { parent, pipe, interval, residentBytes, claims }: Watch): void {
  const places = new Int32Array(claims);
  const end = (): void => {
    try {
      if (process.platform !== "win32") process.kill(-process.pid, "SIGKILL");
    } catch {
      // not the leader of a group
    }
    process.kill(process.pid, "SIGKILL");
  };
  const isOrphan = (): boolean => {
    try {
      process.kill(parent, 0);
    } catch (thrown) {
      if ((thrown as { readonly code?: unknown }).code !== "EPERM") return true;
    }
    return process.ppid !== parent;
  };
  const handBack = (id: number): boolean => {
    const place = id % places.length;
    const before = Atomics.load(places, place);
    return before !== id && Atomics.compareExchange(places, place, before, -id) === before;
  };
  const hasPipe = ((): boolean => {
    try {
      const stats = fs.fstatSync(pipe);
      return stats.isSocket() || stats.isFIFO();
    } catch {
      return false;
    }
  })();
  const socket = hasPipe ? new net.Socket({ fd: pipe, readable: true, writable: true }) : undefined;
  let rest = "";
  socket?.setEncoding("utf8");
  socket?.on("data", (text) => {
    const lines = (rest + String(text)).split("\n");
    rest = lines.pop() ?? "";
    const back = lines.filter((line) => handBack(Number(line)));
    if (back.length > 0) socket.write(`${back.join("\n")}\n`);
  });
  socket?.on("error", end);
  socket?.on("close", end);
  setInterval(() => {
    if (isOrphan()) end();
    if (process.memoryUsage.rss() <= residentBytes) return;
    if (socket === undefined) end();
    else socket.write("memory\n", end);
  }, interval);
}

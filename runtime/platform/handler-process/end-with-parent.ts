import { Worker } from "node:worker_threads";

/** Milliseconds between two looks at the parent. */
const INTERVAL = 1000;

/**
 * Ends this process when its parent is gone. The closing channel says so at once; the thread is for user code in an endless
 * loop, which lets no event through.
 */
export function endWithParent(): void {
  process.on("disconnect", () => process.exit());
  const watcher = new Worker(
    `const parent = ${process.ppid};
    setInterval(() => {
      try {
        process.kill(parent, 0);
        if (process.ppid === parent) return;
      } catch (error) {
        if (error.code === "EPERM" && process.ppid === parent) return;
      }
      process.kill(process.pid, "SIGKILL");
    }, ${INTERVAL});`,
    { eval: true, execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 } },
  );
  watcher.unref();
}

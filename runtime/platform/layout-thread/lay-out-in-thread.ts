import { Worker } from "node:worker_threads";
import { PatchbayError } from "../../errors.js";
import type { LayoutRequest, Places } from "../../layout/layout-request.js";

/** File name of the bundled program of the thread. */
export const LAYOUT_THREAD = "layout-thread.mjs";

/**
 * Lays out in a thread of its own: `entry` is the path of its program. Undefined once `signal` is aborted, which ends the thread at
 * once. Throws `LAYOUT_FAILED`.
 */
export async function layOutInThread(entry: string, request: LayoutRequest, signal: AbortSignal): Promise<Places | undefined> {
  if (signal.aborted) return undefined;
  const thread = new Worker(entry, { workerData: request, execArgv: [] });
  const cancel = (): void => void thread.terminate();
  signal.addEventListener("abort", cancel);
  try {
    return await new Promise<Places | undefined>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", (error) => reject(new PatchbayError("LAYOUT_FAILED", "The graph could not be laid out.", {}, error)));
      thread.once("exit", () => resolve(undefined)); // without a message: it was cancelled
    });
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

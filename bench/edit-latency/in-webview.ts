// What is done inside of the canvas's own frame: sent there as text, so that each part stands for itself.
import type { Retarget } from "./asked.js";

/**
 * Keeps the webview's API where the benchmark finds it, and notes when each message arrives, before the canvas takes it. Runs when
 * the canvas acquires the API.
 */
export const keepApi = `
  let acquire;
  Object.defineProperty(globalThis, "acquireVsCodeApi", {
    configurable: true,
    get: () => acquire,
    set: (original) => {
      acquire = () => {
        globalThis.kept = { api: original(), arrived: () => undefined };
        addEventListener("message", ({ data }) => {
          const at = performance.now();
          for (const message of data) kept.arrived(message, at);
        });
        return kept.api;
      };
    },
  });
`;

interface Message {
  readonly kind: string;
  readonly name?: string;
  readonly id?: number;
  readonly result?: { readonly ok: boolean; readonly revision: number };
  readonly params?: { readonly revision?: number; readonly last?: { readonly class: string } };
}

interface Kept {
  readonly api: { postMessage(message: unknown): void };
  arrived: (message: Message, at: number) => void;
}

/** What became of the edits, in milliseconds from each request. */
export interface EditTimes {
  /** Until both its answer and the changed graph had arrived. */
  readonly edits: number[];
  /** Until the canvas had drawn it. */
  readonly drawn: number[];
  /** Of messages there and back with nothing done on the way. */
  readonly echoes: number[];
  /** Classes of the compiles, as the canvas was told. */
  readonly classes: string[];
}

/** Makes edits one after the other, as the canvas does: by its request to the host. */
export async function retargetAll(_body: unknown, edits: readonly Retarget[]): Promise<EditTimes> {
  const { kept } = globalThis as unknown as { readonly kept: Kept };
  const times: EditTimes = { edits: [], drawn: [], echoes: [], classes: [] };
  let [id, shown, last] = [1_000_000, 0, 0];
  const answers = new Map<number | undefined, Message>();
  let wake = (): void => undefined;
  kept.arrived = (message, at) => {
    if (message.kind === "response") answers.set(message.id, message);
    else if (message.name?.startsWith("graph/") === true) shown = message.params?.revision ?? 0;
    else if (message.name === "compile/changed") times.classes.push(message.params?.last?.class ?? "none");
    last = at;
    wake();
  };
  const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  /** From the request to the arrival of the last message that it takes. */
  const request = async (params: unknown, isDone: (revision: number) => boolean): Promise<number> => {
    id += 1;
    const started = performance.now();
    kept.api.postMessage({ kind: "request", id, name: "graph/edit", params });
    const isAnswered = (): boolean => answers.has(id) && isDone(answers.get(id)?.result?.revision ?? 0);
    while (!isAnswered()) await new Promise<void>((resolve) => (wake = resolve));
    return last - started;
  };
  for (const { edge, to } of edits) {
    const started = performance.now();
    const intents = [{ type: "edge/update", id: edge, patch: { to } }];
    times.edits.push(await request({ revision: shown, intents }, (revision) => shown >= revision));
    if (answers.get(id)?.result?.ok !== true) throw new Error(`The edit of ${edge} was refused.`);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    times.drawn.push(performance.now() - started);
    await rest(200);
    times.echoes.push(await request("nothing that is understood", () => true));
    await rest(50);
  }
  kept.arrived = () => undefined;
  return times;
}

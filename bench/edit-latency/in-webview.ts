// What is done inside of the canvas's own frame: sent there as text, so that each part stands for itself.
import type { Retarget } from "./asked.js";

/** Keeps the webview's API where the benchmark finds it, when the canvas acquires it. */
export const keepApi = `
  let acquire;
  Object.defineProperty(globalThis, "acquireVsCodeApi", {
    configurable: true,
    get: () => acquire,
    set: (original) => { acquire = () => (globalThis.keptApi = original()); },
  });
`;

interface Message {
  readonly kind: string;
  readonly name?: string;
  readonly id?: number;
  readonly result?: { readonly ok: boolean; readonly revision: number };
  readonly params?: { readonly revision?: number; readonly last?: { readonly class: string; readonly recomputed: number } };
}

/** What became of the edits. */
export interface EditTimes {
  /** Milliseconds from each request until it was answered and the canvas had taken the changed graph. */
  readonly edits: readonly number[];
  /** Milliseconds of messages there and back with nothing done on the way. */
  readonly echoes: readonly number[];
  /** Classes of the compiles, as the canvas was told. */
  readonly classes: readonly string[];
}

/** Makes edits one after the other, as the canvas does: by its request to the host. */
export async function retargetAll(_body: unknown, edits: readonly Retarget[]): Promise<EditTimes> {
  const { keptApi: api } = globalThis as unknown as { readonly keptApi: { postMessage(message: unknown): void } };
  const classes: string[] = [];
  let shown = 0;
  let answered: Message | undefined;
  let wake = (): void => undefined;
  const listen = ({ data }: MessageEvent<Message>): void => {
    if (data.kind === "response") answered = data;
    if (data.name?.startsWith("graph/") === true) shown = data.params?.revision ?? 0;
    if (data.name === "compile/changed") classes.push(data.params?.last?.class ?? "none");
    wake();
  };
  window.addEventListener("message", listen);
  let id = 1_000_000;
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const timed = async (params: unknown, done: () => boolean): Promise<number> => {
    answered = undefined;
    id += 1;
    const started = performance.now();
    api.postMessage({ kind: "request", id, name: "graph/edit", params });
    await until(() => answered?.id === id && done());
    return performance.now() - started;
  };
  const times: EditTimes = { edits: [], echoes: [], classes };
  for (const { edge, to } of edits) {
    const params = { revision: shown, intents: [{ type: "edge/update", id: edge, patch: { to } }] };
    const hasArrived = (): boolean => answered?.result !== undefined && shown >= answered.result.revision;
    (times.edits as number[]).push(await timed(params, hasArrived));
    if (answered?.result?.ok !== true) throw new Error(`The edit of ${edge} was refused.`);
    await new Promise((resolve) => setTimeout(resolve, 150)); // the canvas draws
    (times.echoes as number[]).push(await timed("nothing that is understood", () => true));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  window.removeEventListener("message", listen);
  return times;
}

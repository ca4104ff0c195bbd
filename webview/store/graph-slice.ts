import type { Host, RequestInput } from "./channel.js";
import { RequestError } from "./channel.js";
import type { Intent } from "../../runtime/document/intent.js";
import { arrived, dropFrom, enqueue, markAnswered, noEdits, type EditQueue } from "./edits.js";
import { applyIntents } from "./optimistic.js";
import type { GraphView } from "../protocol/views.js";
import { patched } from "./patched.js";
import { pruned } from "./selection.js";
import { share } from "./sharing.js";
import type { CanvasState, GetState, GraphSlice, SetState } from "./state.js";

/** The graph, and the edits on their way to it. */
export function graphSlice(set: SetState, get: GetState, host: Host): GraphSlice {
  const settle = (edits: EditQueue): void => set(withEdits(get(), edits));
  const refuse = (key: number, reason: string): void => {
    const left = dropFrom(get().edits, key);
    if (left === undefined) return; // one reason is enough
    settle(left);
    set({ notice: reason });
  };

  async function send(intents: readonly Intent[]): Promise<void> {
    const { nextKey: key, newest: revision, chain } = get().edits;
    settle(enqueue(get().edits, intents));
    const outcome = await ask(host, { revision, chain }, intents);
    if (outcome.ok) settle(markAnswered(get().edits, key, outcome.revision, get().graph?.revision ?? 0));
    else refuse(key, outcome.message);
  }

  return {
    graph: undefined,
    shown: undefined,
    edits: noEdits(Date.now()),
    receiveGraph: (view, loaded = false) => {
      const current = get().graph;
      if (!loaded && current !== undefined && view.revision < current.revision) return;
      const graph = share(current, view);
      set(withEdits({ ...get(), graph }, arrived(get().edits, graph.revision)));
    },
    receivePatch: (patch) => {
      const current = get().graph;
      if (current?.revision !== patch.base) return false;
      const graph = patched(current, patch);
      set(withEdits({ ...get(), graph }, arrived(get().edits, graph.revision)));
      return true;
    },
    edit: (intents) => {
      const { graph } = get();
      if (intents.length === 0 || graph === undefined) return;
      if (graph.readOnly) return set({ notice: readOnlyWords(graph) });
      void send(intents);
    },
  };
}

/** Why a graph cannot be edited. */
function readOnlyWords({ earlier }: GraphView): string {
  return earlier === true
    ? "This is an earlier revision of the graph: it cannot be edited."
    : "This graph is read-only: it was written by a newer Patchbay.";
}

/** What follows from a queue of edits: the graph on screen, and a selection that fits it. */
function withEdits(state: CanvasState, edits: EditQueue): Partial<CanvasState> {
  const { graph, shown, selection } = state;
  if (graph === undefined) return { edits };
  const next = share(shown, withPending(graph, edits));
  return { graph, edits, shown: next, selection: pruned(selection, next) };
}

function withPending(graph: GraphView, edits: EditQueue): GraphView {
  return edits.pending.reduce((view, edit) => applyIntents(view, edit.intents), graph);
}

type Outcome = { readonly ok: true; readonly revision: number } | { readonly ok: false; readonly message: string };

type Standing = Pick<RequestInput<"graph/edit">, "revision" | "chain">;

async function ask(host: Host, standing: Standing, made: readonly Intent[]): Promise<Outcome> {
  // The protocol's type is the same as `Intent` but for `readonly`.
  const intents = made as unknown as RequestInput<"graph/edit">["intents"];
  try {
    return await host.request("graph/edit", { ...standing, intents });
  } catch (error) {
    return { ok: false, message: error instanceof RequestError ? error.message : "The edit could not be sent." };
  }
}

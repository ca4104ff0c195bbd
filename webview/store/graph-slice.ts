import type { Host, RequestInput } from "./channel.js";
import { RequestError } from "./channel.js";
import { arrived, dropFrom, enqueue, markAnswered, markSent, nextToSend, noEdits, type EditQueue, type PendingEdit } from "./edits.js";
import { applyIntents } from "./optimistic.js";
import type { GraphView } from "../protocol/views.js";
import { patched } from "./patched.js";
import { pruned } from "./selection.js";
import { share } from "./sharing.js";
import type { CanvasState, GetState, GraphSlice, SetState } from "./state.js";

/** The graph, and the edits on their way to it. */
export function graphSlice(set: SetState, get: GetState, host: Host): GraphSlice {
  const settle = (edits: EditQueue): void => set(withEdits(get(), edits));
  const refuse = (edit: PendingEdit, reason: string): void => {
    settle(dropFrom(get().edits, edit.key));
    set({ notice: reason });
  };

  async function sendNext(): Promise<void> {
    const edit = nextToSend(get().edits);
    if (edit === undefined) return;
    const revision = get().edits.newest;
    set({ edits: markSent(get().edits, edit.key) });
    const outcome = await ask(host, revision, edit);
    if (outcome.ok) settle(markAnswered(get().edits, edit.key, outcome.revision, get().graph?.revision ?? 0));
    else refuse(edit, outcome.message);
    await sendNext();
  }

  return {
    graph: undefined,
    shown: undefined,
    edits: noEdits,
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
      const { graph, edits } = get();
      if (intents.length === 0 || graph === undefined) return;
      if (graph.readOnly) return set({ notice: "This graph is read-only: it was written by a newer Patchbay." });
      settle(enqueue(edits, intents));
      void sendNext();
    },
  };
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

async function ask(host: Host, revision: number, edit: PendingEdit): Promise<Outcome> {
  // The protocol's type is the same as `Intent` but for `readonly`.
  const intents = edit.intents as unknown as RequestInput<"graph/edit">["intents"];
  try {
    return await host.request("graph/edit", { revision, intents });
  } catch (error) {
    return { ok: false, message: error instanceof RequestError ? error.message : "The edit could not be sent." };
  }
}

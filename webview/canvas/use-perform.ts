import { useCallback, useMemo, type RefObject } from "react";
import { useReactFlow } from "reactflow";
import { showDetails } from "../inspector/show-details.js";
import type { GraphView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import { everything, nothing } from "../store/selection.js";
import { END } from "../../runtime/model/ids.js";
import { placeAt, placeBeside, placeOnEdge, spotAt } from "./add-place.js";
import { arrangeIntents } from "./arrange/arrange.js";
import { annotating } from "./annotations/annotating.js";
import { takenIds } from "./annotations/annotation-intents.js";
import { isNote, startNaming } from "./annotations/start-naming.js";
import { copiedText, pasted, selectionOfPasted } from "./clipboard.js";
import { endNudge, nudge } from "./held/nudge.js";
import { cancelHeld } from "./held/cancel.js";
import { find, nextFound } from "./find.js";
import { middle, places } from "./geometry.js";
import type { KeyAction } from "./keys.js";
import { focusNode, glide, type Point } from "./stage.js";
import { reconnectingIntents } from "./reconnect.js";
import { bypassIntents, removeIntents } from "./to-intents.js";
import { useFit } from "./use-fit.js";
import { useScale } from "./use-scale.js";
import { useKeepInView } from "./use-reveal.js";
import { useShowFound } from "./use-show-found.js";
import { along, neighbour } from "./walk.js";

/** Does what a key or a button asks for. */
export function usePerform(pointer?: RefObject<Point | undefined>): (action: KeyAction) => void {
  const { store, host, session } = useServices();
  const flow = useReactFlow();
  const keepInView = useKeepInView();
  const showFound = useShowFound();
  const scale = useScale();
  const fit = useFit();
  const annotate = useMemo(() => annotating(store), [store]);
  return useCallback(
    (action) => {
      if (action.type !== "nudge") endNudge(store); // what follows is of the graph as it is drawn
      const { shown, selection, ...state } = store.getState();
      if (shown === undefined) return;
      switch (action.type) {
        case "add":
          if (shown.readOnly) return;
          return state.openPalette(placeOnEdge(selection, scale) ?? placeAt(pointer?.current, scale));
        case "add-after": {
          const node = selection.nodes.at(-1);
          const place = node === undefined || node === END || shown.readOnly ? undefined : placeBeside(shown, node, "out", scale);
          return place && state.openPalette(place);
        }
        case "shortcuts":
          return state.showShortcuts(true);
        case "save-snippet": {
          const text = copiedText(shown, selection);
          return text === undefined ? state.notify("Select the nodes of the snippet first.") : host.command("snippet/save", { text });
        }
        case "align":
        case "distribute":
        case "tidy":
          return state.edit(arrangeIntents(shown, selection.nodes, action));
        case "delete":
          return state.edit(removeIntents(shown, selection));
        case "take-out":
          return state.edit(reconnectingIntents(shown, selection));
        case "duplicate": {
          const added = pasted(shown, copiedText(shown, selection) ?? "");
          if (added === undefined) return;
          state.edit(added.intents);
          return state.select(selectionOfPasted(added));
        }
        case "find":
          return state.setFinding({ open: true });
        case "find-next":
          return showFound(nextFound(find(shown, state.finding.typed), selection, action.way));
        case "bypass":
          return state.edit(bypassIntents(shown, selection));
        case "go":
          return host.command(action.way === "back" ? "place/back" : "place/forward", {});
        case "fold":
          return host.command("graph/fold", {});
        case "add-note":
          if (shown.readOnly) return;
          annotate.addNote(spotAt(pointer?.current, scale));
          return keepInView(store.getState().selection.nodes);
        case "group":
          return annotate.group();
        case "ungroup":
          return annotate.ungroup();
        case "rename": {
          const named = takenIds(shown);
          return startNaming(
            store,
            selection.nodes.find((id) => named.has(id)),
          );
        }
        case "answer": {
          const question = state.now.questions.find(({ node }) => selection.nodes.includes(node)) ?? state.now.questions[0];
          if (question === undefined) return;
          state.requestReveal({ nodes: [question.node], edges: [] });
          return state.answer(question.key);
        }
        case "details":
          return isNote(shown, selection) ? startNaming(store, selection.nodes[0]) : showDetails(store);
        case "select-all":
          return state.select(everything(shown));
        case "undo":
          return host.command("history/undo", {});
        case "redo":
          return host.command("history/redo", {});
        case "fit":
          session.keepViewport(undefined);
          return void fit();
        case "lay-out":
          return host.command("graph/layOut", { scope: "all" });
        case "actual-size":
          return void flow.zoomTo(1, { duration: glide() }).then(() => session.keepViewport(flow.getViewport()));
        case "clear":
          return cancelHeld(store) ? undefined : state.select(nothing);
        case "nudge":
          return nudge(store, action.direction);
        case "walk":
        case "follow": {
          const next = destination(shown, selection.nodes.at(-1), action);
          if (next === undefined) return;
          state.select({ nodes: [next], edges: [] });
          keepInView([next], "jump");
          return focusNode(next);
        }
      }
    },
    [store, host, session, flow, keepInView, showFound, scale, fit, annotate, pointer],
  );
}

type Step = Extract<KeyAction, { readonly type: "follow" } | { readonly type: "walk" }>;

function destination(graph: GraphView, here: string | undefined, step: Step): string | undefined {
  if (here === undefined) return leftmost(graph);
  return step.type === "follow" ? along(graph, here, step.way) : neighbour(graph, here, step.direction);
}

function leftmost(graph: GraphView): string | undefined {
  return [...places(graph)].sort(([a, p], [b, q]) => middle(a, p)[0] - middle(b, q)[0])[0]?.[0];
}

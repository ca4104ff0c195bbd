import { useCallback, type RefObject } from "react";
import { useReactFlow } from "reactflow";
import type { Position } from "../../runtime/model/graph.js";
import { showDetails } from "../inspector/show-details.js";
import type { GraphView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import { everything, nothing } from "../store/selection.js";
import { copiedText, pasted } from "./clipboard.js";
import { find, nextFound } from "./find.js";
import { fitOptions } from "./fit.js";
import { CARD, GRID, middle, places } from "./geometry.js";
import type { KeyAction } from "./keys.js";
import { exact, focusNode, glide, middleOfStage, stageOf, type Point } from "./stage.js";
import { reconnectingIntents } from "./reconnect.js";
import { bypassIntents, moveIntents, removeIntents } from "./to-intents.js";
import { useKeepInView } from "./use-reveal.js";
import { useShowFound } from "./use-show-found.js";
import { along, neighbour, type Direction } from "./walk.js";

const ahead: Record<Direction, Position> = { left: [-GRID, 0], right: [GRID, 0], up: [0, -GRID], down: [0, GRID] };

/** Does what a key or a button asks for. */
export function usePerform(pointer?: RefObject<Point | undefined>): (action: KeyAction) => void {
  const { store, host, session } = useServices();
  const flow = useReactFlow();
  const keepInView = useKeepInView();
  const showFound = useShowFound();
  return useCallback(
    (action) => {
      const { shown, selection, ...state } = store.getState();
      if (shown === undefined) return;
      switch (action.type) {
        case "add": {
          const screen = pointer?.current ?? middleOfStage();
          const { x, y } = flow.screenToFlowPosition(screen, exact);
          return state.openPalette({ ...stageOf(screen), position: [x - CARD.width / 2, y - CARD.height / 2] });
        }
        case "delete":
          return state.edit(removeIntents(shown, selection));
        case "take-out":
          return state.edit(reconnectingIntents(shown, selection));
        case "duplicate": {
          const added = pasted(shown, copiedText(shown, selection) ?? "");
          if (added === undefined) return;
          state.edit(added.intents);
          return state.select({ nodes: added.ids, edges: [] });
        }
        case "find":
          return state.setFinding({ open: true });
        case "find-next":
          return showFound(nextFound(find(shown, state.finding.typed), selection, action.way));
        case "bypass":
          return state.edit(bypassIntents(shown, selection));
        case "rename":
          return state.rename(shown.readOnly ? undefined : selection.nodes.find((id) => shown.nodes.some((node) => node.id === id)));
        case "details":
          return showDetails(store);
        case "select-all":
          return state.select(everything(shown));
        case "undo":
          return host.command("history/undo", {});
        case "redo":
          return host.command("history/redo", {});
        case "fit":
          session.keepViewport(undefined);
          return void flow.fitView({ ...fitOptions(), duration: glide() });
        case "actual-size":
          return void flow.zoomTo(1, { duration: glide() }).then(() => session.keepViewport(flow.getViewport()));
        case "clear":
          return state.select(nothing);
        case "nudge":
          return state.edit(moveIntents(shown, nudged(shown, selection.nodes, action.direction)));
        case "walk":
        case "follow": {
          const next = destination(shown, selection.nodes.at(-1), action);
          if (next === undefined) return;
          state.select({ nodes: [next], edges: [] });
          keepInView([next]);
          return focusNode(next);
        }
      }
    },
    [store, host, session, flow, keepInView, showFound, pointer],
  );
}

type Step = Extract<KeyAction, { readonly type: "follow" } | { readonly type: "walk" }>;

function destination(graph: GraphView, here: string | undefined, step: Step): string | undefined {
  if (here === undefined) return leftmost(graph);
  return step.type === "follow" ? along(graph, here, step.way) : neighbour(graph, here, step.direction);
}

function nudged(graph: GraphView, ids: readonly string[], direction: Direction): Record<string, Position> {
  const all = places(graph);
  const [dx, dy] = ahead[direction];
  return Object.fromEntries(
    ids.flatMap((id) => {
      const place = all.get(id);
      return place === undefined ? [] : [[id, [place[0] + dx, place[1] + dy]] as const];
    }),
  );
}

function leftmost(graph: GraphView): string | undefined {
  return [...places(graph)].sort(([a, p], [b, q]) => middle(a, p)[0] - middle(b, q)[0])[0]?.[0];
}

import { useCallback, useEffect } from "react";
import { useReactFlow } from "reactflow";
import type { Position } from "../../runtime/model/graph.js";
import { useCanvas, useServices } from "../store/context.js";
import type { GraphView } from "../protocol/views.js";
import type { Reveal } from "../store/state.js";
import { fitOptions } from "./fit.js";
import { CARD, middle, places } from "./geometry.js";
import { glide, stage, stageOf } from "./stage.js";

/** Brings into view what the host, or a problem, asks to be shown. */
export function useReveal(): void {
  const { store, session } = useServices();
  const reveal = useCanvas((state) => state.reveal);
  const { fitView, getViewport } = useReactFlow();
  useEffect(() => {
    const graph = store.getState().shown;
    if (reveal === undefined || graph === undefined) return;
    const nodes = [...new Set([...reveal.nodes, ...endsOf(graph, reveal)])].map((id) => ({ id }));
    if (nodes.length === 0) return;
    const shown = fitView({ ...fitOptions(), nodes, minZoom: 0.4, duration: glide() });
    void shown.then(() => session.keepViewport(getViewport()));
  }, [reveal, store, session, fitView, getViewport]);
}

function endsOf(graph: GraphView, { edges }: Reveal): string[] {
  return graph.edges.filter(({ id }) => edges.includes(id)).flatMap(({ from, to }) => [from, to]);
}

/** What the toolbar takes from the top, and what stays free at the other sides, in pixels. */
const [ABOVE, BESIDE] = [64, 24];

/** Pans to the first of some nodes if none of them is well in view. */
export function useKeepInView(): (ids: readonly string[]) => void {
  const { store, session } = useServices();
  const { flowToScreenPosition, setCenter, getZoom, getViewport } = useReactFlow();
  return useCallback(
    (ids) => {
      const graph = store.getState().shown;
      const box = stage()?.getBoundingClientRect();
      if (graph === undefined || box === undefined) return;
      const all = places(graph);
      const middles = ids.flatMap((id) => {
        const place = all.get(id);
        return place === undefined ? [] : [middle(id, place)];
      });
      const isInView = ([x, y]: Position): boolean => {
        const from = stageOf(flowToScreenPosition({ x: x - CARD.width / 2, y: y - CARD.height / 2 }));
        const to = stageOf(flowToScreenPosition({ x: x + CARD.width / 2, y: y + CARD.height / 2 }));
        return from.x > BESIDE && from.y > ABOVE && to.x < box.width - BESIDE && to.y < box.height - BESIDE;
      };
      const [first] = middles;
      if (first === undefined || middles.some(isInView)) return;
      const [x, y] = first;
      void setCenter(x, y, { zoom: getZoom(), duration: glide() }).then(() => session.keepViewport(getViewport()));
    },
    [store, session, flowToScreenPosition, setCenter, getZoom, getViewport],
  );
}

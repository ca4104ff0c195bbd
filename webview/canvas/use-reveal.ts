import { useCallback, useEffect } from "react";
import { useReactFlow } from "reactflow";
import { useCanvas, useServices } from "../store/context.js";
import type { GraphView } from "../protocol/views.js";
import type { Reveal } from "../store/state.js";
import { fitOptions } from "./fit.js";
import { middle, places } from "./geometry.js";
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

/** Pans to a node if it is out of view. */
export function useKeepInView(): (id: string) => void {
  const { store, session } = useServices();
  const { flowToScreenPosition, setCenter, getZoom, getViewport } = useReactFlow();
  return useCallback(
    (id) => {
      const graph = store.getState().shown;
      const place = graph === undefined ? undefined : places(graph).get(id);
      const box = stage()?.getBoundingClientRect();
      if (place === undefined || box === undefined) return;
      const [x, y] = middle(id, place);
      const seen = stageOf(flowToScreenPosition({ x, y }));
      const inView = seen.x > 60 && seen.y > 60 && seen.x < box.width - 60 && seen.y < box.height - 60;
      if (inView) return;
      void setCenter(x, y, { zoom: getZoom(), duration: glide() }).then(() => session.keepViewport(getViewport()));
    },
    [store, session, flowToScreenPosition, setCenter, getZoom, getViewport],
  );
}

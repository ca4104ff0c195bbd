import { useCallback, useEffect } from "react";
import { useReactFlow } from "reactflow";
import type { Position } from "../../runtime/model/graph.js";
import { useCanvas, useServices } from "../store/context.js";
import type { Viewport } from "../protocol/places.js";
import type { GraphView } from "../protocol/views.js";
import type { Reveal } from "../store/state.js";
import { viewOf } from "./add-place.js";
import { holds, middleOf } from "./annotations/boxes.js";
import { CARD } from "./geometry.js";
import { glide } from "./stage.js";
import { useFit } from "./use-fit.js";
import { useScale } from "./use-scale.js";

/** What was asked for is shown at this zoom at least. */
const READABLE = 0.5;

/** Brings into view what the host, or a problem, asks to be shown. */
export function useReveal(): void {
  const { store, session } = useServices();
  const reveal = useCanvas((state) => state.reveal);
  const fit = useFit();
  const { getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    const comeBack = (viewport: Viewport): void => {
      session.keepViewport(viewport ?? undefined);
      void (viewport === null ? fit() : setViewport(viewport, { duration: glide() }));
    };
    const graph = store.getState().shown;
    if (reveal === undefined || graph === undefined) return;
    if (reveal.viewport !== undefined) return comeBack(reveal.viewport);
    const nodes = new Set([...reveal.nodes, ...endsOf(graph, reveal)]);
    if (nodes.size === 0) return;
    void fit({ nodes, notBelow: READABLE }).then(() => session.keepViewport(getViewport()));
  }, [reveal, store, session, fit, getViewport, setViewport]);
}

function endsOf(graph: GraphView, { edges }: Reveal): string[] {
  return graph.edges.filter(({ id }) => edges.includes(id)).flatMap(({ from, to }) => [from, to]);
}

/** Pans to the first of some nodes if none of them is well in view; a jump can be gone back from. */
export function useKeepInView(): (ids: readonly string[], jump?: "jump") => void {
  const { store, session } = useServices();
  const scale = useScale();
  const { setCenter, getZoom, getViewport } = useReactFlow();
  return useCallback(
    (ids, jump) => {
      const graph = store.getState().shown;
      if (graph === undefined) return;
      const all = holds(graph);
      const middles = ids.flatMap((id) => {
        const held = all.get(id);
        return held === undefined ? [] : [middleOf(held)];
      });
      const [left, top, width, height] = viewOf(scale);
      const isInView = ([x, y]: Position): boolean =>
        x - CARD.width / 2 >= left &&
        y - CARD.height / 2 >= top &&
        x + CARD.width / 2 <= left + width &&
        y + CARD.height / 2 <= top + height;
      const [first] = middles;
      if (first === undefined || middles.some(isInView)) return;
      if (jump !== undefined) session.leave();
      const [x, y] = first;
      void setCenter(x, y, { zoom: getZoom(), duration: glide() }).then(() => session.keepViewport(getViewport()));
    },
    [store, session, scale, setCenter, getZoom, getViewport],
  );
}

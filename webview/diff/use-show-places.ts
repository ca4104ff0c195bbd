import { useCallback } from "react";
import { useReactFlow } from "reactflow";
import { middle, places } from "../canvas/geometry.js";
import { glide, stage } from "../canvas/stage.js";
import type { ChangeRef } from "../protocol/diff.js";
import { useServices } from "../store/context.js";

/** Nearer than this to the rim of the stage nothing is well in view, in pixels. */
const RIM = 48;

/** Pans to a difference that is not in view, whether this side has the entry or only the ghost of it. */
export function useShowPlaces(): (ref: ChangeRef) => void {
  const { store, session } = useServices();
  const { flowToScreenPosition, setCenter, getZoom, getViewport } = useReactFlow();
  return useCallback(
    ({ section, id }) => {
      const { diff, shown } = store.getState();
      const box = stage()?.getBoundingClientRect();
      if (diff === undefined || shown === undefined || box === undefined) return;
      const all = new Map([...Object.entries(diff.ghosts.places), ...places(shown)]);
      const edge = [...shown.edges, ...diff.ghosts.edges].find((each) => section === "edges" && each.id === id);
      const ends = section === "nodes" ? [id] : edge === undefined ? [] : [edge.from, edge.to];
      const points = ends.flatMap((end) => {
        const place = all.get(end);
        return place === undefined ? [] : [middle(end, place)];
      });
      const [first] = points;
      if (first === undefined) return;
      const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
      const y = points.reduce((sum, point) => sum + point[1], 0) / points.length;
      const at = flowToScreenPosition({ x, y });
      const isInView = at.x > box.left + RIM && at.y > box.top + RIM && at.x < box.right - RIM && at.y < box.bottom - RIM;
      if (!isInView) void setCenter(x, y, { zoom: getZoom(), duration: glide() }).then(() => session.keepViewport(getViewport()));
    },
    [store, session, flowToScreenPosition, setCenter, getZoom, getViewport],
  );
}

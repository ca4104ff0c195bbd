import { useMemo } from "react";
import { useStore } from "reactflow";
import { fitted } from "../canvas/fit.js";
import { useCanvas, useServices } from "../store/context.js";

/** A graph that is smaller than this when all of it is in view cannot be read then: it does not fit. */
const FITS_FROM = 0.5;

/** Whether the minimap is there, and what changes that. */
export interface MinimapSwitch {
  readonly on: boolean;
  readonly toggle: () => void;
}

/** As somebody chose on this canvas, else by the setting, which without a choice shows it for graphs that do not fit. */
export function useMinimap(): MinimapSwitch {
  const { store } = useServices();
  const graph = useCanvas((state) => state.shown);
  const chosen = useCanvas((state) => state.minimap);
  const compared = useCanvas((state) => state.diff !== undefined); // two halves have no room to spare
  const hasRoom = useStore(({ width, height }) => width * height > 0);
  const fits = useMemo(() => graph === undefined || !hasRoom || fitted(graph).zoom >= FITS_FROM, [graph, hasRoom]);
  const on = chosen ?? settingIn(document.body) ?? (!fits && !compared);
  return { on, toggle: () => store.getState().setMinimap(!on) };
}

/** What the setting says, as the page was opened with it; undefined where it leaves that to the graph. */
function settingIn({ dataset }: HTMLElement): boolean | undefined {
  const setting = dataset["minimap"];
  return setting === "on" ? true : setting === "off" ? false : undefined;
}

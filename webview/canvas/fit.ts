import type { FitViewOptions } from "reactflow";
import { stage } from "./stage.js";

const MARGIN = 40;
/** What the toolbar takes from the top. */
const ABOVE = 64;
/** Share of the stage that questions and problems may take from the graph. */
const BELOW_AT_MOST = 0.45;

/** How a graph, or a part of it, is fitted: between toolbar and dock, and never larger than life. */
export function fitOptions(): FitViewOptions {
  const padding = { top: px(ABOVE), right: px(MARGIN), bottom: px(below()), left: px(MARGIN) };
  return { padding, maxZoom: 1 };
}

/** The element with questions and problems, at the foot of the stage. */
export function dock(): Element | null {
  return document.querySelector(".dock");
}

function below(): number {
  const [room, docked] = [stage()?.getBoundingClientRect(), dock()?.getBoundingClientRect()];
  if (room === undefined || docked === undefined || docked.height === 0) return MARGIN;
  return Math.min(room.bottom - docked.top + MARGIN, room.height * BELOW_AT_MOST);
}

function px(length: number): `${number}px` {
  return `${Math.round(length)}px`;
}

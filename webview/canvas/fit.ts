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

function below(): number {
  const dock = document.querySelector(".dock")?.getBoundingClientRect().height ?? 0;
  const room = stage()?.getBoundingClientRect().height ?? 0;
  return Math.max(MARGIN, Math.min(dock + MARGIN, room * BELOW_AT_MOST));
}

function px(length: number): `${number}px` {
  return `${Math.round(length)}px`;
}

import "./breadcrumbs.css";
import { Fragment } from "react";
import type { RunView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { Icon } from "./icon.js";

/** The way to a graph that others run: each node on it leads back, and who else runs the graph can be asked. */
export function Breadcrumbs(): React.ReactElement | undefined {
  const { host } = useServices();
  const way = useCanvas((state) => state.way);
  const inside = useCanvas((state) => state.run.inside);
  const { crumbs = [], callers = 0, here = "" } = way ?? {};
  if (crumbs.length === 0 && callers === 0 && inside === undefined) return undefined;
  return (
    <nav className="way" aria-label="Way to this graph">
      {crumbs.map(({ graph, node }, index) => (
        <Fragment key={`${String(index)} ${graph} ${node}`}>
          <button
            className="crumb"
            title={`Show the node ${node} in ${graph}`}
            aria-label={`Show the node ${node} in ${graph}`}
            onClick={() => host.command("callers/show", { crumb: index })}
          >
            {graph} › {node}
          </button>
          <Icon name="chevron-right" />
        </Fragment>
      ))}
      {crumbs.length > 0 && (
        <span className="crumb" aria-current="page" title={here}>
          {here}
        </span>
      )}
      {inside !== undefined && (
        <button
          className="crumb inside"
          title={insideText(inside)}
          aria-label={insideText(inside)}
          onClick={() => host.command("inside/choose", {})}
        >
          <Icon name={inside.place === null ? "play" : "type-hierarchy-sub"} />
          <span>{inside.place ?? "own run"}</span>
          <Icon name="chevron-down" />
        </button>
      )}
      {callers > (crumbs.length === 0 ? 0 : 1) && (
        <button
          className="crumb callers"
          title={callersText(callers)}
          aria-label={callersText(callers)}
          onClick={() => host.command("callers/show", {})}
        >
          <Icon name="references" />
          {crumbs.length === 0 ? `run by ${String(callers)}` : callers}
        </button>
      )}
    </nav>
  );
}

function insideText({ place, count }: NonNullable<RunView["inside"]>): string {
  const shown = place === null ? "The graph’s own run is shown" : `What ran inside the node is shown: ${place}`;
  return `${shown}. Choose another of ${String(count + 1)} runs`;
}

function callersText(callers: number): string {
  return callers === 1 ? "Run by a node of another graph: show it" : `Run by ${String(callers)} nodes of other graphs: choose one`;
}

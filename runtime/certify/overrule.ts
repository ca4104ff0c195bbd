import { ChannelState } from "../channels/channel-state.js";
import type { Arrivals, Frontier } from "../checkpoint/checkpoint.js";
import { END, START } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { Snapshot } from "../run/snapshot.js";
import { withMovesOf } from "../run/moved-tasks.js";
import { reroute } from "../run/superstep.js";
import { unfit } from "./channel-fit.js";
import type { Impact } from "./impact.js";
import { openSuperstep, runsTheSame } from "./open-superstep.js";
import { Ways } from "./ways.js";

/**
 * A run under a plan that cannot carry it over, because a person says so: what has no place there is dropped. Tasks of nodes that are
 * gone, arrivals by edges that are, forced routes and overrides that cannot be followed, values that do not fit.
 */
export function overruled(impact: Impact, run: string, snapshot: Snapshot, version: number): Snapshot {
  const { after } = impact;
  const channels = ChannelState.of(after.channels, fitting(snapshot.channels.values(), after), version);
  const kept = {
    ...snapshot,
    channels,
    frontier: openSuperstep(impact, withPlace(withMovesOf(after, snapshot.frontier), impact)).frontier,
  };
  if (kept.frontier.open || kept.frontier.status === "completed" || kept.frontier.status === "cancelled") return kept;
  const routes = reroute(after, run, kept);
  return routes.ok ? routes.snapshot : kept;
}

function fitting(values: JsonObject, { channels }: Plan): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const channel = channels.get(name);
      return channel !== undefined && unfit(channel, value) === undefined;
    }),
  );
}

function withPlace(frontier: Frontier, impact: Impact): Frontier {
  const { after: plan } = impact;
  const has = (node: string): boolean => node === START || plan.nodes.has(node);
  const due = frontier.due.filter(({ node }) => has(node));
  const tasks = new Set(due.map(({ id }) => id));
  const ofTask = ({ task }: { readonly task: string }): boolean => tasks.has(task);
  const { forced = {}, overrides = {}, nested, ...rest } = frontier;
  const followed = Object.entries(forced).filter(([node, edge]) => Ways.of(plan).edge(edge)?.from === node);
  const routes = Object.entries(overrides).filter(([node, targets]) => has(node) && targets.every((to) => to === END || has(to)));
  return {
    ...rest,
    due,
    results: frontier.results.filter(ofTask),
    questions: frontier.questions.filter(ofTask),
    routed: frontier.routed
      .filter(({ node }) => has(node))
      .map((task) => (task.forced === undefined || Ways.of(plan).edge(task.forced)?.from === task.node ? task : withoutForce(task))),
    arrivals: stillComing(frontier.arrivals, plan),
    arrivalsBefore: stillComing(frontier.arrivalsBefore, plan),
    ...(followed.length === 0 ? {} : { forced: Object.fromEntries(followed) }),
    ...(routes.length === 0 ? {} : { overrides: Object.fromEntries(routes) }),
    ...(nested === undefined
      ? {}
      : { nested: nested.filter((each) => ofTask(each) && runsTheSame(impact, due.find(({ id }) => id === each.task)?.node ?? "")) }),
  };
}

function withoutForce<Task extends { readonly forced?: string }>({ forced: _lost, ...task }: Task): Omit<Task, "forced"> {
  return task;
}

function stillComing(arrivals: Arrivals, plan: Plan): Arrivals {
  const kept = Object.entries(arrivals).flatMap(([node, ways]) => {
    const left = ways.filter((way) => way.startsWith("@") || Ways.of(plan).edge(way)?.to === node);
    return plan.nodes.has(node) && left.length > 0 ? [[node, left] as const] : [];
  });
  return Object.fromEntries(kept);
}

// What happens at a moment that breakpoints can be met by.
import type { FinishedTask, Moment } from "../run/moment.js";
import type { BreakPlace, Hit } from "./breakpoint.js";

/** One of them. */
export interface Happening extends Pick<Hit, "task" | "route"> {
  /** Of breakpoints that are met by it (`keyOf`). */
  readonly key: string;
}

/** What breakpoints of a place are met by; of a place in a channel, that the channel is written. */
export function keyOf(place: BreakPlace): string {
  if ("node" in place) return `${place.at} ${place.node}`;
  return "edge" in place ? `${place.at} ${place.edge}` : `${place.at} ${place.channel}`;
}

/** What happens, in order, of what is asked for: nobody finds out anything else. */
export function* happenings(moment: Moment, asked: ReadonlySet<BreakPlace["at"]>): Iterable<Happening> {
  if (asked.has("after") || asked.has("written") || asked.has("tested"))
    for (const task of moment.finished) yield* finished(moment, task, asked);
  if (asked.has("taken"))
    for (const route of moment.taken) {
      const task = moment.finished.find(({ node }) => node === route.node);
      yield { key: keyOf({ at: "taken", edge: route.via }), route, ...(task === undefined ? {} : { task }) };
    }
  if (asked.has("before")) for (const task of moment.due) yield { key: keyOf({ at: "before", node: task.node }), task };
}

function* finished({ plan }: Moment, task: FinishedTask, asked: ReadonlySet<BreakPlace["at"]>): Iterable<Happening> {
  if (asked.has("after")) yield { key: keyOf({ at: "after", node: task.node }), task };
  if (asked.has("written"))
    for (const channel of [...Object.keys(task.writes), ...task.cleared]) yield { key: keyOf({ at: "written", channel }), task };
  if (asked.has("tested"))
    for (const { id } of plan.nodes.get(task.node)?.routing.edges ?? []) yield { key: keyOf({ at: "tested", edge: id }), task };
}

// What silently wrong means, said without the code that decides verdicts.
import type { Certificate } from "../../runtime/index.js";
import { rebuildItems } from "../../runtime/checkpoint/rebuild-items.js";
import { rebuild } from "../../runtime/checkpoint/rebuild.js";
import { canonical } from "../../runtime/model/canonical.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compilePlayed, playedAfter, Recorded, type Course, type Played } from "./play.js";

/** An edit of a graph while runs of it are stored. */
export interface Edited {
  readonly before: ShortGraph;
  readonly after: ShortGraph;
}

/** What became of the checkpoints of one run. */
export interface Outcome {
  readonly verdicts: Readonly<Record<Certificate["verdict"], number>>;
  /** Each a checkpoint that a verdict calls safe and that is not. */
  readonly wrong: readonly string[];
  /** Of the checkpoints that are mapped: those whose whole future a fresh run of the edited graph confirms. */
  readonly confirmed: number;
}

/** Runs every checkpoint whose verdict is a safe one under both graphs, and the others, to see that they are refused. */
export async function judge({ before, after }: Edited, played: Played): Promise<Outcome> {
  const recorded = await Recorded.of(before, played);
  const changed = playedAfter(played);
  const edited = compilePlayed(after, changed);
  const fresh = await Recorded.of(after, changed);
  const verdicts = { unaffected: 0, mapped: 0, migrate: 0, replay: 0, invalid: 0 };
  const wrong: string[] = [];
  let confirmed = 0;
  const end = await fresh.from(fresh.checkpoints.at(-1) ?? "", edited);
  for (const certificate of recorded.certify(edited, changed)) {
    verdicts[certificate.verdict] += 1;
    const { checkpoint } = certificate;
    const now = await recorded.from(checkpoint, edited, changed);
    const unedited = await recorded.from(checkpoint, recorded.before);
    const twin = twinOf(recorded, fresh, checkpoint);
    const expected = twin === undefined ? undefined : await fresh.from(twin, edited);
    if (expected !== undefined && certificate.verdict === "mapped") confirmed += 1;
    const fault = faultOf(certificate, { unedited, now, expected }, { before, after }, end);
    if (fault !== undefined) wrong.push(`${fault}\n${describe(certificate, { unedited, now, expected })}`);
  }
  return { verdicts, wrong, confirmed };
}

interface Courses {
  readonly unedited: Course;
  readonly now: Course;
  /** How a fresh run of the edited graph goes on that has come to the very same place. */
  readonly expected: Course | undefined;
}

function faultOf(
  { verdict, findings }: Certificate,
  { unedited, now, expected }: Courses,
  { before, after }: Edited,
  end: Course,
): string | undefined {
  switch (verdict) {
    case "unaffected":
      return same(told(unedited), told(now)) ? undefined : "unaffected, and goes on in another way";
    case "mapped":
      if (now.blocked !== undefined) return "mapped, and is blocked";
      if (expected !== undefined && !same(toldOnce(expected, findings), toldOnce(now, findings)))
        return "mapped, and goes on in another way than a run that was never edited";
      if (
        now.status === "completed" &&
        now.waiting.some(
          (node) =>
            ![unedited, end].some((other) => waitsIn(other, node, now)) &&
            waitsForNobody(node, now, after) &&
            !waitsForNobody(node, unedited, before),
        )
      )
        return "mapped, and waits for ever";
      if (now.status === "completed" && !ran(now) && ran(unedited) && !findings.some(({ kind }) => kind === "rerouted"))
        return "mapped, and ends as if it were at its end";
      return undefined;
    case "migrate":
    case "replay":
    case "invalid":
      return now.blocked === undefined && !isRefusedInside(now) ? `${verdict}, and goes on` : undefined;
  }
}

const told = ({ status, story }: Course): object => ({ status, story });
/** A run inside a task is taken up when its task runs, which fails where it cannot be. */
const isRefusedInside = ({ story }: Course): boolean => story.some((line) => / failed (NOT_RESUMABLE|NEEDS_MIGRATION)$/.test(line));

/** What is asked anew, as a finding says, is told once. */
function toldOnce({ status, story }: Course, findings: Certificate["findings"]): object {
  if (!findings.some(({ kind }) => kind === "asked-anew")) return { status, story };
  return { status, story: [...new Set(story.filter((line) => !line.includes(" asks ")))].toSorted() };
}

const ran = ({ story }: Course): boolean => story.some((line) => line.includes("/"));
const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether the same edges wait in another course, at a join of whatever name: without the edit, or in a run that was never edited. */
function waitsIn(other: Course, join: string, now: Course): boolean {
  return Object.values(other.arrived).some((edges) => now.arrived[join]?.every((edge) => edges.includes(edge)));
}

/** Whether too few of a join's edges could still have come, as their nodes could not run any more; else not to run them is the graph's own choice. */
function waitsForNobody(join: string, { story, arrived }: Course, { nodes, edges }: ShortGraph): boolean {
  if (!(join in nodes) || arrived[join]?.includes("@fired") === true) return false; // it waits for nothing: what comes is swallowed
  const tasks = story.filter((line) => line.includes("/")).map((line) => line.split(" "));
  // It was met after the edit, and waits for another round: that is how the graph is drawn.
  if (tasks.some(([superstep, node]) => node === join && superstep !== tasks[0]?.[0])) return false;
  const ends = Object.entries(edges).map(([id, text]) => [id, ...text.split(" ")] as const);
  // What ended before, in a superstep that was still open, takes its routes now as what runs now does.
  const routed = story.filter((line) => line.includes(" -> ")).map((line) => line.split(" "));
  const reached = new Set([...tasks, ...routed].map(([, node = ""]) => node));
  for (const node of reached) for (const [, from, , to] of ends) if (from === node && to !== undefined) reached.add(to);
  const into = ends.filter(([, , , to]) => to === join);
  const possible = into.filter(([id, from]) => arrived[join]?.includes(id) === true || reached.has(from ?? ""));
  const { join: policy = "any" } = nodes[join] as { readonly join?: "any" | "all" | "deferred" | { readonly count: number } };
  return possible.length < (policy === "all" ? into.length : typeof policy === "object" ? policy.count : 1);
}

/** A checkpoint of a fresh run at which that stands just where this one does, with the same values. */
function twinOf(recorded: Recorded, fresh: Recorded, checkpoint: string): string | undefined {
  const place = placeOf(recorded, checkpoint);
  return fresh.checkpoints.find((each) => placeOf(fresh, each) === place);
}

function placeOf({ store }: Recorded, id: string): string {
  const { frontier, trigger } = store.load(id);
  const { superstep, due, open, results, arrivals, arrivalsBefore, routed, status } = frontier;
  const items = [...rebuildItems(store.load(id), (each) => store.load(each))];
  const { values } = rebuild(id, (each) => store.load(each));
  const wrote = store.load(id).channels.delta;
  const questions = frontier.questions.map(({ deadline: _time, ...question }) => question);
  const kept = results.map(({ task, node, writes: written, action }) => [task, node, written, action]);
  return JSON.stringify([
    trigger,
    status,
    superstep,
    open,
    due,
    routed,
    kept,
    items,
    arrivals,
    arrivalsBefore,
    questions,
    frontier.decisions,
    canonical(values),
    wrote,
  ]);
}

function describe({ checkpoint, superstep, verdict, findings }: Certificate, { unedited, now, expected }: Courses): string {
  const found = findings.map(({ kind, message }) => `${kind}: ${message}`).join("\n  ");
  const course = (name: string, which: Course | undefined): string => `${name}: ${JSON.stringify(which, undefined, 1)}`;
  return [
    `${checkpoint} after superstep ${superstep}: ${verdict}\n  ${found}`,
    course("unedited", unedited),
    course("now", now),
    course("expected", expected),
  ].join("\n");
}

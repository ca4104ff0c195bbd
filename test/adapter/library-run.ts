import type { JsonObject } from "../../runtime/index.js";
import { RunSession } from "../../runtime/index.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, offer, services, type Given, type Handlers } from "../unit/run/harness.js";

/** What is done to a run by the library. `path`: tasks from the outermost run in, the last one that it is about. */
export type Deed =
  | { readonly do: "step" }
  | { readonly do: "into"; readonly path: readonly string[] }
  | { readonly do: "edit"; readonly path: readonly string[]; readonly values: JsonObject }
  | { readonly do: "move"; readonly path: readonly string[]; readonly node: string }
  | { readonly do: "restart"; readonly path: readonly string[] }
  | { readonly do: "plan"; readonly graph: ShortGraph };

/** Where a run stands. */
export interface Stand {
  readonly superstep: number;
  readonly open: boolean;
  /** Nodes that are due and have not run. */
  readonly due: readonly string[];
}

/** A run without a debugger. */
export interface LibraryRun {
  readonly session: RunSession;
  /** Where it stood before the first deed, and after each. */
  readonly stands: readonly Stand[];
}

/** A fresh run, to which this is done. */
export async function doAll(graph: ShortGraph, handlers: Handlers, given: Given, deeds: readonly Deed[]): Promise<LibraryRun> {
  const session = RunSession.start(compileOnce(graph), { graph: "main" }, services(handlers, given));
  const stands = [standOf(session)];
  for (const deed of deeds) {
    await doOne(session, deed);
    stands.push(standOf(session));
  }
  return { session, stands };
}

async function doOne(session: RunSession, deed: Deed): Promise<void> {
  switch (deed.do) {
    case "step":
      return session.step();
    case "into": {
      const [first = "", ...deeper] = deed.path;
      return session.stepInto(first, ...deeper);
    }
    case "edit":
      return runAt(session, deed.path).edit({ values: deed.values }, "ann");
    case "move":
      return runAt(session, deed.path).move(deed.path.at(-1) ?? "", deed.node, "ann");
    case "restart":
      return runAt(session, deed.path).restart(deed.path.at(-1) ?? "", "ann");
    case "plan":
      return offer(session, compileOnce(deed.graph));
  }
}

/** The tasks that lead to each place where the run goes on, in task order; with the nodes that they are of. */
export function branchesOf(session: RunSession): readonly { readonly name: string; readonly path: readonly string[] }[] {
  if (session.status === "completed" || session.status === "cancelled") return [];
  return session.moment.due.flatMap(({ id, node }) => {
    const inner = session.nested(id);
    const inside = inner === undefined ? [] : branchesOf(inner);
    if (inside.length === 0) return [{ name: node, path: [id] }];
    return inside.map(({ name, path }) => ({ name: `${node} › ${name}`, path: [id, ...path] }));
  });
}

/** All that counts of where a run stands, without ids and times. */
export function viewOf(session: RunSession): object {
  const { status, frontier, channels } = session;
  const { superstep, open, due, results, routed, arrivals, arrivalsBefore, forced, moved, error } = frontier;
  return {
    status,
    superstep,
    open,
    due,
    results: results.map(({ ms: _ms, ...result }) => result),
    routed,
    arrivals,
    arrivalsBefore,
    forced,
    moved,
    error: error?.code,
    channels,
    inside: (frontier.nested ?? []).map(({ task }) => {
      const inner = session.nested(task);
      return [task, inner === undefined ? undefined : viewOf(inner)];
    }),
  };
}

function standOf({ frontier, moment }: RunSession): Stand {
  return { superstep: moment.superstep, open: frontier.open, due: moment.due.map(({ node }) => node) };
}

/** The run that the last task of a path is in. */
function runAt(session: RunSession, [first = "", ...deeper]: readonly string[]): RunSession {
  if (deeper.length === 0) return session;
  const inner = session.nested(first);
  if (inner === undefined) throw new Error(`No run is inside ${first}.`);
  return runAt(inner, deeper);
}

const compiled = new Map<ShortGraph, ReturnType<typeof compile>>();

function compileOnce(graph: ShortGraph): ReturnType<typeof compile> {
  const known = compiled.get(graph) ?? compile(graph);
  compiled.set(graph, known);
  return known;
}

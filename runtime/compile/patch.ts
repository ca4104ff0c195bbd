// Soft recompile: a new plan from the old one and the changes.
//
// 1. The result equals `compileGraph` of the new graph, structure and behaviour.
// 2. The work is proportional to the changes and the degree of the nodes they touch, never to the graph.
// 3. The old plan is left as it was: whoever runs on it can go on.
import { noFiles, type FileVersions } from "../model/file-version.js";
import type { CheckpointSettings, EdgeDef, NodeDef } from "../model/graph.js";
import { START } from "../model/ids.js";
import type { EdgeProgram, Join, NodeProgram, Plan, Routing } from "../plan/plan.js";
import type { Change } from "./change.js";
import { FilesDraft } from "./patch-files.js";
import { compareIds, compileEdge, compileNode, routingOf } from "./programs.js";
import { checkpointsDigest, edgeDigest, nodeDigest, revisionOf, sumOf, type Digest } from "./revision.js";

/** A patched plan and how many node programs were made anew. */
export interface Patch {
  readonly plan: Plan;
  readonly recomputed: number;
}

/** Node id -> definition. */
interface Definitions {
  get(id: string): NodeDef | undefined;
}

/**
 * Applies soft changes (and ignores those of class none). `definitions` gives a node's definition in the new graph, `files` the
 * version of a file that no node ran before: one that was in use has changed only where a change says so.
 */
export function patchPlan(plan: Plan, changes: readonly Change[], definitions: Definitions, files: FileVersions = noFiles): Patch {
  const draft = new PlanDraft(plan, definitions, files);
  for (const change of changes) {
    if (change.class === "hard") throw new Error(`A hard change (${change.entity} ${change.id}) cannot be patched.`);
    if (change.class === "soft") draft.apply(change);
  }
  return draft.finish();
}

class PlanDraft {
  readonly #plan: Plan;
  readonly #definitions: Definitions;
  readonly #files: FilesDraft;
  readonly #touched = new Map<string, NodeProgram>();
  #start: Routing;
  #checkpoints: CheckpointSettings;
  #sum: Digest;

  constructor(plan: Plan, definitions: Definitions, files: FileVersions) {
    this.#plan = plan;
    this.#definitions = definitions;
    this.#files = new FilesDraft(plan, files);
    this.#start = plan.start;
    this.#checkpoints = plan.checkpoints;
    this.#sum = sumOf(plan.revision);
  }

  apply(change: Change): void {
    if (change.entity === "edge") this.#applyEdge(change.before, change.after);
    else if (change.entity === "node" && change.before !== undefined && change.after !== undefined)
      this.#applyNode(change.before, change.after);
    else if (change.entity === "file") this.#applyFile(change);
    else if (change.entity === "graph" && change.id === "checkpoints") this.#applyCheckpoints(change.after);
    else if (change.entity === "order") this.#applyOrder(change.id, change.before, change.after);
  }

  finish(): Patch {
    let nodes = this.#plan.nodes;
    for (const program of this.#touched.values()) nodes = nodes.set(program.id, program);
    return {
      plan: {
        ...this.#plan,
        ...this.#files.parts,
        revision: revisionOf(this.#sum + this.#files.sum),
        start: this.#start,
        checkpoints: this.#checkpoints,
        nodes,
      },
      recomputed: this.#touched.size,
    };
  }

  #applyCheckpoints(settings: CheckpointSettings): void {
    this.#sum += checkpointsDigest(settings) - checkpointsDigest(this.#checkpoints);
    this.#checkpoints = settings;
  }

  #applyEdge(before: EdgeDef | undefined, after: EdgeDef | undefined): void {
    if (before !== undefined) {
      if (before.from !== after?.from) this.#reroute(before.from, before.id, undefined);
      this.#sum -= edgeDigest(before);
    }
    if (after !== undefined) {
      this.#reroute(after.from, after.id, compileEdge(after, this.#plan.scope));
      this.#sum += edgeDigest(after);
    }
    if (before?.to === after?.to) return; // the join does not know of conditions
    if (before !== undefined) this.#rejoin(before.to, before.id, false);
    if (after !== undefined) this.#rejoin(after.to, after.id, true);
  }

  #applyNode(before: NodeDef, after: NodeDef): void {
    const program = this.#program(after.id);
    if (program === undefined) return;
    this.#files.move(before, after);
    this.#renew(program, after);
    // `diffGraphs` sorts a node's own change before its change of place, so the program still has the old place here.
    this.#sum += nodeDigest(after, program.order) - nodeDigest(before, program.order);
  }

  #applyFile(change: Extract<Change, { entity: "file" }>): void {
    for (const id of this.#files.change(change)) {
      const program = this.#program(id);
      const def = this.#definitions.get(id);
      if (program !== undefined && def !== undefined) this.#renew(program, def);
    }
  }

  #renew({ order, routing, join }: NodeProgram, def: NodeDef): void {
    const own = compileNode(def, this.#plan.scope, this.#files.of);
    this.#touched.set(def.id, { ...own, order, routing, join: { ...join, policy: def.join } });
  }

  #applyOrder(id: string, before: number, after: number): void {
    const program = this.#program(id);
    const def = this.#definitions.get(id);
    if (program === undefined || def === undefined) return;
    this.#touched.set(id, { ...program, order: after });
    this.#sum += nodeDigest(def, after) - nodeDigest(def, before);
  }

  #reroute(from: string, edge: string, next: EdgeProgram | undefined): void {
    const without = (routing: Routing) => routing.edges.filter((each) => each.id !== edge);
    const rerouted = (routing: Routing) => (next === undefined ? { edges: without(routing) } : routingOf([...without(routing), next]));
    if (from === START) {
      this.#start = rerouted(this.#start);
      return;
    }
    const program = this.#program(from);
    if (program !== undefined) this.#touched.set(from, { ...program, routing: rerouted(program.routing) });
  }

  #rejoin(to: string, edge: string, arrives: boolean): void {
    const program = this.#program(to);
    if (program === undefined) return; // `@end` joins nothing
    const others = program.join.incoming.filter((each) => each !== edge);
    const join: Join = { ...program.join, incoming: arrives ? [...others, edge].sort(compareIds) : others };
    this.#touched.set(to, { ...program, join });
  }

  #program(id: string): NodeProgram | undefined {
    return this.#touched.get(id) ?? this.#plan.nodes.get(id);
  }
}

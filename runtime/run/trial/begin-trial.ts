// A run of its own, in memory, in which one task is due.
//
// 1. Nothing of it is written to the store of other runs, and no run moves by it.
import { ChannelState } from "../../channels/channel-state.js";
import { freshFrontier, type Checkpoint } from "../../checkpoint/checkpoint.js";
import { MemoryStore } from "../../checkpoint/memory-store.js";
import { PatchbayError } from "../../errors.js";
import { ownCopy, type JsonObject } from "../../model/json.js";
import type { Plan } from "../../plan/plan.js";
import { checkEdit } from "../edit-state.js";
import { saveGraph, type RunGraph } from "../position.js";
import type { RunServices } from "../run-services.js";
import { RunSession } from "../session.js";
import type { TrialInput } from "./given.js";

/** What stands for an edge in the cause of a task that nothing but a person made due. */
const BY_HAND = "@goto";

/** A run that stands before one task of a node, and nothing else is due. Throws `UNKNOWN_TARGET`, `INPUT_INVALID`. */
export function beginTrial(graph: RunGraph, given: TrialInput, services: RunServices): RunSession {
  const { plan } = graph;
  const { node } = given;
  if (!plan.nodes.has(node)) throw new PatchbayError("UNKNOWN_TARGET", `The graph has no node "${node}".`, { node });
  const values = ownCopy(knownTo(plan, given.values));
  checkEdit(plan, { values });
  const { ended: _others, plans: _past, ...own } = services;
  const store = new MemoryStore(); // invariant 1
  const run = services.ids.next();
  store.createRun({ id: run, graph: "", startedAt: services.clock.now(), head: null });
  saveGraph(store, graph);
  store.save(firstCheckpoint(plan, run, { ...given, values }, services), []);
  return RunSession.resume(run, graph, { ...own, store });
}

/** A checkpoint of an earlier plan may have channels that are gone. */
function knownTo({ channels }: Plan, values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => channels.has(name)));
}

function firstCheckpoint(plan: Plan, run: string, given: TrialInput, { clock, ids }: Pick<RunServices, "clock" | "ids">): Checkpoint {
  const { node, superstep = 1, input, decisions = {} } = given;
  const task = { id: `${superstep}/${node}`, node, cause: [BY_HAND], ...(input === undefined ? {} : { input: ownCopy(input) }) };
  const channels = ChannelState.of(plan.channels, given.values, 0);
  const before = superstep - 1;
  return {
    id: ids.next(),
    run,
    parent: null,
    trigger: "started",
    at: clock.now(),
    revision: plan.revision,
    traceSeq: 0,
    frontier: { ...freshFrontier, superstep: before, entered: before, due: [task], decisions },
    channels: { delta: [], base: { values: channels.values(), reducers: channels.reducers() } },
  };
}

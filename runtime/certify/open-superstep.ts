import type { Frontier, StoredTask } from "../checkpoint/checkpoint.js";
import { START, type NodeId } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";
import type { Finding } from "./finding.js";
import type { Impact } from "./impact.js";

/**
 * An open superstep under another plan: its tasks stay. What they asked is withdrawn where it may be something else now, and with it
 * what was decided: an answer to one question is none to another. A handler of which there is another version names its questions still.
 */
export function openSuperstep(impact: Impact, frontier: Frontier): { readonly frontier: Frontier; readonly findings: readonly Finding[] } {
  if (!frontier.open) return { frontier, findings: [] };
  const { after } = impact;
  const missing = frontier.due.filter(({ node }) => node !== START && !after.nodes.has(node));
  if (missing.length > 0) return { frontier, findings: missing.map(taskGone) };
  const replaced = (frontier.nested ?? []).flatMap(({ task }) => {
    const node = frontier.due.find(({ id }) => id === task)?.node ?? "";
    return runsTheSame(impact, node) ? [] : [node];
  });
  if (replaced.length > 0) return { frontier, findings: [...new Set(replaced)].map(nestedChanged) };
  const done = new Set(frontier.results.map(({ task }) => task));
  const asked = new Set(frontier.questions.map(({ task }) => task));
  const anew = frontier.due.filter(({ id, node }) => asked.has(id) && !done.has(id) && asksAnew(impact, node));
  if (anew.length === 0) return { frontier, findings: [] };
  const withdrawn = new Set(anew.map(({ id }) => id));
  const others = new Set(anew.flatMap(({ id, node }) => (asksSomethingElse(impact, node) ? [id] : [])));
  const answered = new Set(frontier.questions.flatMap(({ key, task }) => (others.has(task) ? [key] : [])));
  return {
    frontier: {
      ...frontier,
      questions: frontier.questions.filter(({ task }) => !withdrawn.has(task)),
      decisions: Object.fromEntries(Object.entries(frontier.decisions).filter(([key]) => !answered.has(key))),
    },
    findings: anew.map(({ node }) => ({
      kind: "asked-anew",
      place: { entity: "node", id: node },
      message: `What "${node}" asked is withdrawn; when the run goes on, it asks what it asks now.`,
    })),
  };
}

/** What makes a question another one: what a person sees of it, and for handlers, which name their questions, whose it is and of what. */
const telling: ReadonlySet<string> = new Set(["kind", "prompt", "actions", "schema", "handler", "over"]);

function asksSomethingElse({ behaviour }: Impact, node: NodeId): boolean {
  return behaviour.get(node)?.some((field) => telling.has(field)) === true;
}

function asksAnew(impact: Impact, node: NodeId): boolean {
  const isBarrier = impact.after.nodes.get(node)?.kind === "barrier";
  return asksSomethingElse(impact, node) || (isBarrier && impact.behaviour.has(node));
}

/** Whether a node runs the graph that it ran. */
export function runsTheSame({ before, after }: Impact, node: NodeId): boolean {
  const now = after.nodes.get(node);
  const then = before === undefined ? now : before.nodes.get(node);
  return graphOf(now) !== undefined && graphOf(now) === graphOf(then) && now?.kind === then?.kind;
}

function graphOf(program: ReturnType<Plan["nodes"]["get"]>): string | undefined {
  return program?.graph;
}

function taskGone({ node }: StoredTask): Finding {
  const message = `Node "${node}" is at work in this run, and the graph has it no more.`;
  return { kind: "task-gone", message, place: { entity: "node", id: node } };
}

function nestedChanged(node: NodeId): Finding {
  const message = `A run is open inside "${node}", and the node runs another graph now.`;
  return { kind: "nested-changed", message, place: { entity: "node", id: node } };
}

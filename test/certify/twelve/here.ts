import type { FileVersions } from "../../../runtime/model/file-version.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { Certifier, RunSession, storedPlans, type JsonObject, type JsonValue, type Verdict } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, services, type Handlers } from "../../unit/run/harness.js";
import { answerTo, edgesOf, type Continued, type PausedEdit, type Sketch, type SketchNode } from "./paused-edit.js";

/**
 * Runs a graph to where it is paused, edits it, asks what the paused checkpoint is worth now, and takes the run up from the store: the
 * counterpart of `bench/peers/edits.mjs`.
 */
export async function playHere(edit: PausedEdit): Promise<Continued & { readonly verdict: Verdict | undefined }> {
  const given = services(handlersOf(edit.before));
  const { store } = given;
  const paused = RunSession.start(compileSketch(edit, edit.before), { graph: "test", run: "r" }, given);
  while (!stands(paused, edit.pausedAt)) await paused.step();
  for (const question of edit.answered ?? []) await answer(paused, question);
  const edited = compileSketch(edit, edit.after);
  const certificates = new Certifier(store, storedPlans(store)).run("r", edited.plan);
  const verdict = certificates.find(({ checkpoint }) => checkpoint === paused.head)?.verdict;
  return { verdict, ...(await goOn(RunSession.resume("r", edited, services(handlersOf(edit.after), { store })))) };
}

const stands = ({ frontier }: RunSession, node: string): boolean =>
  frontier.questions.some((question) => question.node === node) ||
  (frontier.superstep > 0 && frontier.due.some((task) => task.node === node));

async function goOn(session: RunSession): Promise<Continued> {
  const log = (): string => ((session.channels["log"] as readonly string[] | undefined) ?? []).join(" ");
  if (session.blocked !== undefined) {
    const { code, message } = session.blocked;
    return { ran: "", status: `refused: ${code}: ${message}`, log: log() };
  }
  const ran = new Map<number, string[]>();
  session.onTrace((event) => {
    if (event.type === "task-finished") ran.set(event.superstep, [...(ran.get(event.superstep) ?? []), event.node]);
  });
  while (session.status === "paused" || session.status === "waiting") {
    for (const { prompt } of session.openQuestions) decide(session, prompt);
    await session.continue();
  }
  return {
    ran: [...ran].map(([superstep, nodes]) => `${superstep} ${nodes.join(" ")}`).join(" | "),
    status: session.status,
    log: log(),
  };
}

async function answer(session: RunSession, question: string): Promise<void> {
  decide(session, question);
  await session.continue();
}

function decide(session: RunSession, question: string): void {
  const open = session.openQuestions.find(({ prompt }) => prompt === question);
  if (open === undefined) throw new Error(`"${question}" is not asked.`);
  session.decide(open.key, { action: "answer", value: answerTo(question), actor: "somebody" });
}

/** A graph of ours. What a node does tells the version of its handler; none commands anything. */
function compileSketch({ input = 0 }: PausedEdit, sketch: Sketch): ReturnType<typeof compile> {
  const files: FileVersions = (path) => {
    const { join: _another, ...does } = sketch.nodes[path.replace(/^\.\/|\.ts$/g, "")] ?? {};
    return { version: JSON.stringify(does), commands: false };
  };
  return compile(graphOf(sketch, input), files);
}

function graphOf(sketch: Sketch, input: number): ShortGraph {
  const { channels = {}, nodes } = sketch;
  const edges = edgesOf(sketch).map(({ id, from, to, above, otherwise }) => {
    const when = above === undefined ? "" : ` when given > ${above}.0`;
    return [id, `${from} -> ${to}${when}${otherwise === undefined ? "" : " else"}`] as const;
  });
  return {
    channels: {
      given: { schema: { type: "number" }, default: input },
      log: { schema: { type: "array" }, reducer: "append" },
      ...Object.fromEntries(Object.entries(channels).map(([name, reducer]) => [name, { schema: schemas[reducer], reducer }])),
    },
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, nodeOf(node)])),
    edges: Object.fromEntries(edges),
  };
}

const schemas = { last: {}, sum: { type: "number" }, append: { type: "array" } } as const;

function nodeOf({ join, reads, writes = {} }: SketchNode): object {
  return {
    reads: reads === undefined ? [] : [reads],
    writes: ["log", ...Object.keys(writes)],
    ...(join === undefined ? {} : { join }),
  };
}

function handlersOf({ nodes }: Sketch): Handlers {
  return Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, handlerOf(id, node)]));
}

function handlerOf(id: string, { says = id, reads, writes = {}, asks = [] }: SketchNode) {
  return async (state: JsonObject, ctx: HandlerContext) => {
    let label = says;
    if (reads !== undefined) label += `:${textOf(state[reads])}`;
    for (const question of asks) label += `=${textOf((await ctx.ask(question, { prompt: question })).value)}`;
    return { ...writes, log: [label] };
  };
}

function textOf(value: JsonValue | undefined): string {
  return JSON.stringify(value ?? null).replaceAll(/["[\]]/g, "");
}

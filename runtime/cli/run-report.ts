import { nextSteps, type ErrorInfo } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import type { RunSession } from "../run/session.js";
import type { GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { counted } from "./lists.js";
import { shellLine } from "./shell.js";
import { shortPath } from "./store-folder.js";

/** How a run that does not run stands, as scripts are told. */
export type FinalStatus = "completed" | "paused" | "failed" | "cancelled";

/** What `run --json` prints. */
export interface RunJson {
  readonly run: string;
  readonly status: FinalStatus;
  /** Channel -> value. */
  readonly state: JsonObject;
  readonly supersteps: number;
  /** Nodes that are due. */
  readonly due: readonly string[];
  readonly questions: readonly QuestionJson[];
  readonly error: ErrorInfo | null;
}

interface QuestionJson {
  readonly key: string;
  readonly node: string;
  readonly prompt: string;
  readonly actions: readonly string[];
  readonly schema?: JsonObject;
}

/** The status for scripts: one that waits for a decision is paused. */
export function runStatus(session: RunSession): FinalStatus {
  const { status } = session;
  return status === "completed" || status === "failed" || status === "cancelled" ? status : "paused";
}

/** A run as one JSON object. */
export function runJson(session: RunSession): RunJson {
  const { frontier } = session;
  return {
    run: session.id,
    status: runStatus(session),
    state: session.channels,
    supersteps: frontier.superstep,
    due: frontier.due.map((task) => task.node),
    questions: openQuestions(session),
    error: frontier.error ?? null,
  };
}

function openQuestions(session: RunSession): readonly QuestionJson[] {
  const { questions, decisions } = session.frontier;
  return questions.filter((question) => decisions[question.key] === undefined).map(({ task: _task, ...question }) => question);
}

/** A run in a few lines, for people. */
export function runSummary(session: RunSession, graph: GraphFile, folder: string, store: string | undefined, io: CliIo): string {
  const { frontier } = session;
  const title = graph.document.graph.title || graph.given;
  const goOn = ["patchbay", "run", graph.given, "--run", session.id, ...(store === undefined ? [] : ["--store", store])];
  return [
    `${title}: ${runStatus(session)} after ${counted(frontier.superstep, "superstep")}`,
    ...nodesRun(session, graph),
    ...openQuestions(session).flatMap((question) => asked(question, goOn)),
    ...(frontier.error === undefined ? [] : failed(frontier.error, goOn)),
    ...(session.status === "paused" ? goesOn(session, goOn) : []),
    `Run ${session.id}, kept in ${shortPath(folder, io)}`,
    "",
  ].join("\n");
}

function nodesRun(session: RunSession, graph: GraphFile): readonly string[] {
  const place = (node: string): number => graph.document.graph.order.get(node) ?? Number.MAX_SAFE_INTEGER;
  const finished = [...session.tally.nodes].filter(([, tally]) => tally.finished > 0).sort(([a], [b]) => place(a) - place(b));
  const counts = finished.map(([node, tally]) => `${node} ${tally.finished}`);
  return counts.length === 0 ? [] : [`Nodes run: ${counts.join(", ")}`];
}

function asked(question: QuestionJson, goOn: readonly string[]): readonly string[] {
  const [action = ""] = question.actions;
  return [
    "",
    `Question of ${question.key}:`,
    ...indented(question.prompt),
    `Answers: ${question.actions.join(", ")}${question.schema === undefined ? "" : '; with a value: {"action":…,"value":…}'}`,
    `Answer with: ${shellLine([...goOn, "--decide", `${question.key}=${action}`])}`,
    "",
  ];
}

function goesOn({ frontier }: RunSession, goOn: readonly string[]): readonly string[] {
  return [`Due: ${frontier.due.map(({ node }) => node).join(", ")}`, `Go on with: ${shellLine(goOn)}`];
}

function failed(error: ErrorInfo, goOn: readonly string[]): readonly string[] {
  return [
    "",
    `${error.code} ${error.message}`,
    ...placeOf(error),
    ...indented(error.stack ?? ""),
    nextSteps[error.code],
    `Go on where it failed with: ${shellLine(goOn)}`,
    "",
  ];
}

/** Where it happened, inside subgraphs. */
function placeOf({ details }: ErrorInfo): readonly string[] {
  const place = details?.["place"];
  return Array.isArray(place) ? [`  in ${place.join(" > ")}`] : [];
}

function indented(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n").map((line) => `  ${line}`);
}

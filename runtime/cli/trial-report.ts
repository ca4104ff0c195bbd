import { nextSteps, type ErrorInfo } from "../errors.js";
import type { TrialOutcome, TrialRoute } from "../run/trial/trial-outcome.js";
import type { GraphFile } from "./graph-file.js";
import { counted } from "./lists.js";

/** What a node came to that was run alone, for people. */
export function trialText(outcome: TrialOutcome, graph: GraphFile): string {
  const { node, status, writes, cleared, action, routes, sends, questions, error, ms, attempts, log } = outcome;
  const label = graph.document.graph.nodes.get(node)?.label ?? node;
  const tries = attempts === 1 ? "" : `, ${counted(attempts, "attempt")}`;
  return [
    ...log.filter(({ level }) => level !== "debug").map(({ level, message }) => `${level}: ${message}`),
    `${label}: ${status} in ${ms} ms${tries}`,
    ...Object.entries(writes).map(([channel, value]) => `  ${channel} = ${JSON.stringify(value)}`),
    ...cleared.map((channel) => `  ${channel} cleared`),
    ...(action === undefined ? [] : [`Action: ${action}`]),
    ...routes.map(routeLine),
    ...sends.map(({ to, input }) => `Sends ${to} ${JSON.stringify(input)}`),
    ...questions.map(({ prompt, actions }) => `Asks: ${prompt} (${actions.join(", ")})`),
    ...(error === undefined ? [] : errorLines(error)),
    "",
  ].join("\n");
}

function routeLine({ edge, to, why }: TrialRoute): string {
  return `Goes to ${to} (${edge === undefined ? why : `${edge}, ${why}`})`;
}

function errorLines({ code, message, stack = "" }: ErrorInfo): readonly string[] {
  const lines = stack === "" ? [] : stack.split("\n").map((line) => `  ${line}`);
  return [`${code} ${message}`, ...lines, nextSteps[code]];
}

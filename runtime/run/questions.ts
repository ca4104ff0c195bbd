// Questions and what becomes of them: asked by tasks, answered by people, early or in time, or by nobody. Pure.
import { NOBODY, type Decision, type Frontier, type StoredQuestion, type StoredTask } from "../checkpoint/checkpoint.js";
import { PatchbayError } from "../errors.js";
import { END, type NodeId } from "../model/ids.js";
import type { QuestionDraft } from "../plan/behaviour.js";
import type { Plan } from "../plan/plan.js";
import { checkAnswer, faultOf, type Answer } from "./answer.js";
import { questionKey } from "./task-context.js";

/** Who decided where nobody did. */
const TIME = "time-out";

/** A question as a task asks it at `now`, in milliseconds since the epoch. */
export function storedQuestion(task: StoredTask, draft: QuestionDraft, now: number): StoredQuestion {
  const { key, timeoutMs, ...rest } = draft;
  const deadline = timeoutMs === undefined ? {} : { deadline: now + timeoutMs }; // beside one that the draft may have
  return { ...rest, key: questionKey(task, key), node: task.node, task: task.id, ...deadline };
}

/** The questions of a run after more have been asked; one that is asked anew takes the place of the old. */
export function withAsked(questions: readonly StoredQuestion[], asked: readonly StoredQuestion[]): readonly StoredQuestion[] {
  if (asked.length === 0) return questions;
  const keys = new Set(asked.map((question) => question.key));
  return [...questions.filter((question) => !keys.has(question.key)), ...asked];
}

/** Questions without a decision. */
export function openQuestions({ questions, decisions }: Frontier): readonly StoredQuestion[] {
  return questions.filter((question) => decisions[question.key] === undefined);
}

/** The node that an answer is for, and whether it waits for it already. Throws `NO_QUESTION`, `DECISION_INVALID`. */
export function addressee(key: string, answer: Answer, frontier: Frontier, plan: Plan): NodeId {
  const { target } = answer;
  const question = frontier.questions.find((each) => each.key === key);
  // A question of a run inside a task is answered with a node of the graph in there.
  if (target !== undefined && target !== END && question?.inner === undefined && !plan.nodes.has(target)) {
    throw new PatchbayError("DECISION_INVALID", `The graph has no node "${target}" to go on with.`, { key, target });
  }
  if (question === undefined) return futureAsker(key, frontier, plan);
  if (frontier.decisions[key]?.actor === TIME) throw new PatchbayError("NO_QUESTION", `The time to answer "${key}" is up.`, { key });
  checkAnswer(question, answer);
  return question.node;
}

/** Decisions that came early and are no answers to what is asked now, with the reason. */
export function misfits(
  asked: readonly StoredQuestion[],
  { decisions }: Frontier,
): readonly { readonly key: string; readonly reason: string }[] {
  return asked.flatMap((question) => {
    const decision = decisions[question.key];
    const reason = decision === undefined ? undefined : faultOf(question, decision);
    return reason === undefined ? [] : [{ key: question.key, reason }];
  });
}

/** The decisions that take the place of people's at `now`, by key. */
export function overdue(frontier: Frontier, now: number): Readonly<Record<string, Decision>> {
  const late = openQuestions(frontier).filter(({ deadline }) => deadline !== undefined && deadline <= now);
  return Object.fromEntries(late.map((question) => [question.key, { action: question.default ?? NOBODY, actor: TIME, at: now }]));
}

/** When the next open question stops waiting, in milliseconds since the epoch. */
export function nextDeadline(frontier: Frontier): number | undefined {
  const deadlines = openQuestions(frontier).flatMap(({ deadline }) => deadline ?? []);
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

/** A frontier that is taken up `ms` milliseconds later than it was left, on purpose: its questions wait as long as they had left. */
export function postponed(frontier: Frontier, ms: number): Frontier {
  if (frontier.questions.every(({ deadline }) => deadline === undefined)) return frontier;
  const questions = frontier.questions.map((question) =>
    question.deadline === undefined ? question : { ...question, deadline: question.deadline + ms },
  );
  return { ...frontier, questions };
}

/** What is asked anew when a failed run goes on: nobody's decisions are forgotten, with their questions. */
export function askedAnew({ questions, decisions }: Frontier): Pick<Frontier, "questions" | "decisions"> {
  const forgotten = new Set(Object.keys(decisions).filter((key) => decisions[key]?.action === NOBODY));
  return {
    questions: questions.filter((question) => !forgotten.has(question.key)),
    decisions: Object.fromEntries(Object.entries(decisions).filter(([key]) => !forgotten.has(key))),
  };
}

/** The node whose tasks ask questions with such a key. */
export function askerOf(key: string): NodeId {
  return key.split(/[#/]/, 1)[0] ?? key;
}

/** The node that may ask a question of this key one day. */
function futureAsker(key: string, { status }: Frontier, plan: Plan): NodeId {
  const node = askerOf(key);
  const kind = plan.nodes.get(node)?.kind;
  const own = key.includes("/");
  const asks = kind === "barrier" ? !own : kind !== undefined && kind !== "expression" && own;
  if (asks && (status === "running" || status === "failed")) return node;
  throw new PatchbayError("NO_QUESTION", asks ? `The run is ${status} and asks nothing more.` : `The run asks no question "${key}".`, {
    key,
  });
}

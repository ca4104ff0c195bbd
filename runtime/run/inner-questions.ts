// Questions of runs inside tasks, as the outer run passes them on. Pure.
//
// 1. The question inside is the one that counts: the outer run's is a copy, and its decision is handed in, once.
// 2. A question is known by run, key and asker: the same key asked again, in a loop inside, is another question.
import type { Decision, Frontier, InnerQuestion, StoredQuestion } from "../checkpoint/checkpoint.js";
import type { QuestionDraft } from "../plan/behaviour.js";

/** A decision on its way in, with when its question stops waiting out there. */
export interface HandedDecision {
  readonly key: string;
  readonly asker: readonly string[];
  readonly decision: Decision;
}

/** Who asks, from a task of the asking run inwards. */
function askerOf({ task, inner }: StoredQuestion): readonly string[] {
  return inner === undefined ? [task] : [task, ...inner.asker];
}

/** The open questions of a run as the task asks them that it is inside. */
export function passedOn(run: string, slot: string | undefined, open: readonly StoredQuestion[]): readonly QuestionDraft[] {
  return open.map((question) => {
    const { key, prompt, actions, schema, deadline, default: whenLate } = question;
    return {
      key: slot === undefined ? key : `${slot}/${key}`,
      prompt,
      actions,
      ...(schema === undefined ? {} : { schema }),
      ...(deadline === undefined ? {} : { deadline }),
      ...(whenLate === undefined ? {} : { default: whenLate }),
      inner: { run, key, asker: askerOf(question) },
    };
  });
}

/** What has been decided for a run inside a task, and which questions that answers. */
export function decidedFor(run: string, { questions, decisions }: Frontier): readonly (HandedDecision & { readonly outer: string })[] {
  return questions.flatMap(({ key: outer, inner }) => {
    const decision = decisions[outer];
    return inner?.run !== run || decision === undefined ? [] : [{ outer, key: inner.key, asker: inner.asker, decision }];
  });
}

/** The decisions that are for open questions here, by key. */
export function fitting(
  handed: readonly HandedDecision[],
  open: readonly StoredQuestion[],
): readonly (readonly [StoredQuestion, Decision])[] {
  return handed.flatMap(({ key, asker, decision }) => {
    const question = open.find((each) => each.key === key && isSame(askerOf(each), asker));
    return question === undefined ? [] : [[question, decision] as const];
  });
}

/** The deadlines of questions inside as the outer run has them: it may have been taken up later than it was left. */
export function withDeadlines(
  run: string,
  inside: readonly StoredQuestion[],
  outside: readonly StoredQuestion[],
): readonly StoredQuestion[] {
  return inside.map((question) => {
    const { key } = question;
    const asker = askerOf(question);
    const copy = outside.find(({ inner }) => inner?.run === run && inner.key === key && isSame(inner.asker, asker));
    return copy?.deadline === undefined || copy.deadline === question.deadline ? question : { ...question, deadline: copy.deadline };
  });
}

/** The frontier without some of its questions, and without what was decided on them. */
export function withoutQuestions(frontier: Frontier, keys: ReadonlySet<string>): Pick<Frontier, "questions" | "decisions"> {
  return {
    questions: frontier.questions.filter(({ key }) => !keys.has(key)),
    decisions: Object.fromEntries(Object.entries(frontier.decisions).filter(([key]) => !keys.has(key))),
  };
}

/** The keys of the questions that tasks pass on and that are not among those asked now. */
export function outdated({ questions }: Frontier, tasks: ReadonlySet<string>, asked: readonly StoredQuestion[]): ReadonlySet<string> {
  const stale = questions.filter(
    (question) => question.inner !== undefined && tasks.has(question.task) && !asked.some((each) => isSameQuestion(each, question)),
  );
  return new Set(stale.map(({ key }) => key));
}

/** Whether two copies are of one question. */
export function isSameQuestion(a: StoredQuestion, b: StoredQuestion): boolean {
  return a.key === b.key && isSameInner(a.inner, b.inner);
}

function isSameInner(a: InnerQuestion | undefined, b: InnerQuestion | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.run === b.run && a.key === b.key && isSame(a.asker, b.asker);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, place) => each === b[place]);
}

import type { Decision, StoredQuestion, StoredTask } from "../../checkpoint/checkpoint.js";
import type { QuestionDraft } from "../../plan/behaviour.js";
import type { Answer } from "../answer.js";
import { fitting, isSameQuestion, withDeadlines, withoutQuestions, type HandedDecision } from "../inner-questions.js";
import type { Position } from "../position.js";
import { addressee, nextDeadline, openQuestions, overdue, storedQuestion } from "../questions.js";
import { recordDecision } from "../recording.js";

/** What a run asks, and what is decided. */
export class Questions {
  readonly #at: Position;

  constructor(position: Position) {
    this.#at = position;
  }

  /** Questions without a decision. */
  get open(): readonly StoredQuestion[] {
    return openQuestions(this.#at.frontier);
  }

  /** When the next open question stops waiting, in milliseconds since the epoch. */
  get nextDeadline(): number | undefined {
    return nextDeadline(this.#at.frontier);
  }

  /** Answers questions, all or none; what is not asked yet is kept until it is. Throws `NO_QUESTION`, `DECISION_INVALID`. */
  decide(answers: Readonly<Record<string, Answer>>): void {
    this.expire();
    const at = this.#at.clock.now();
    const made = Object.entries(answers).map(([key, answer]) => {
      const node = addressee(key, answer, this.#at.frontier, this.#at.plan);
      const { action, value, target, actor } = answer;
      const more = { ...(value === undefined ? {} : { value }), ...(target === undefined ? {} : { target }) };
      return { node, key, decision: { action, actor, at, ...more } };
    });
    this.#note(made);
  }

  /** Decides what people have not decided in time; whether there was any such question. */
  expire(): boolean {
    const { frontier } = this.#at;
    if (frontier.questions.length === 0) return false;
    const decisions = overdue(frontier, this.#at.clock.now());
    const late = frontier.questions.flatMap(({ node, key }) => {
      const decision = decisions[key];
      return decision === undefined ? [] : [{ node, key, decision }];
    });
    this.#note(late);
    return late.length > 0;
  }

  /** What the run around hands in: decisions on open questions, and how long these still wait. */
  receive(handed: readonly HandedDecision[], copies: readonly StoredQuestion[]): void {
    const { frontier } = this.#at;
    this.#at.set({ questions: withDeadlines(this.#at.run, frontier.questions, copies) });
    this.#note(fitting(handed, openQuestions(this.#at.frontier)).map(([{ node, key }, decision]) => ({ node, key, decision })));
  }

  /** Decisions have been handed in to a run inside a task: they and their questions are its own from now on. */
  handedIn(keys: readonly string[]): void {
    if (keys.length > 0) this.#at.set(withoutQuestions(this.#at.frontier, new Set(keys)));
  }

  /** A run inside a task was moved by others than its task: these are its open questions. */
  passOn(task: StoredTask, run: string, drafts: readonly QuestionDraft[]): void {
    const { frontier } = this.#at;
    const before = frontier.questions.filter(({ inner }) => inner?.run === run);
    const asked = drafts.map((draft) => storedQuestion(task, draft, this.#at.clock.now()));
    const isStill = (question: StoredQuestion) => asked.some((each) => isSameQuestion(each, question));
    if (before.length === asked.length && before.every((each) => isStill(each) && frontier.decisions[each.key] === undefined)) return;
    this.#at.set(withoutQuestions(frontier, new Set(before.map(({ key }) => key))));
    this.#at.set({ questions: [...this.#at.frontier.questions, ...asked] });
    this.#at.save("asked");
  }

  #note(made: readonly { readonly node: string; readonly key: string; readonly decision: Decision }[]): void {
    if (made.length === 0) return;
    const { frontier, trace, footing } = this.#at;
    const decisions = Object.fromEntries(made.map(({ key, decision }) => [key, decision]));
    this.#at.set({ decisions: { ...frontier.decisions, ...decisions } });
    for (const each of made) recordDecision(trace, this.#at.frontier, footing.savedUnder.revision, each);
    this.#at.save("decision");
  }
}

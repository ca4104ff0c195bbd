import * as v from "valibot";
import * as vscode from "vscode";
import { compileSchema } from "../../runtime/channels/schema-check.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { StoredQuestion } from "../../runtime/checkpoint/checkpoint.js";
import { MODIFY, REROUTE } from "../../runtime/model/graph.js";
import type { NodeId } from "../../runtime/model/ids.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import { openQuestions } from "../../runtime/run/questions.js";
import type { GraphSession } from "../run/graph-session.js";
import type { Command } from "./command.js";
import { targetItems } from "./choices.js";
import { graphOf } from "./target.js";

interface GivenAnswer {
  readonly key: string;
  readonly action: string;
  readonly value?: JsonValue;
  /** Where the run goes on, of a `reroute`. */
  readonly target?: NodeId;
}

const given = v.object({
  key: v.string(),
  action: v.optional(v.string()),
  value: v.optional(v.custom<JsonValue>(() => true)),
  target: v.optional(v.string()),
});

/** Answers a question of the run: as given, or by asking for what is not. */
export const decide: Command = {
  id: "patchbay.decide",
  async run(services, uri, answer) {
    const session = await graphOf(services, uri);
    const chosen = session === undefined ? undefined : await completeAnswer(session, v.safeParse(given, answer));
    if (session === undefined || chosen === undefined) return;
    session.decide(chosen.key, chosen.action, chosen.value, chosen.target);
    const goOn = vscode.workspace.getConfiguration("patchbay").get("run.continueAfterDecision", false);
    if (goOn && session.run?.status === "paused") await session.continue();
  },
};

async function completeAnswer(session: GraphSession, answer: v.SafeParseResult<typeof given>): Promise<GivenAnswer | undefined> {
  const { key, action, value, target } = answer.success ? answer.output : {};
  if (key !== undefined && action !== undefined)
    return { key, action, ...(value === undefined ? {} : { value }), ...(target === undefined ? {} : { target }) };
  const question = await chooseQuestion(session, key);
  if (question === undefined) return undefined;
  const chosen = await vscode.window.showQuickPick([...question.actions], { title: question.node, placeHolder: question.prompt });
  if (chosen === undefined) return undefined;
  const goal = chosen === REROUTE ? await chooseGoal(session, question) : undefined;
  if (chosen === REROUTE && goal === undefined) return undefined;
  const decided = { key: question.key, action: chosen, ...(goal === undefined ? {} : { target: goal }) };
  if (question.schema === undefined && chosen !== MODIFY) return decided;
  const typed = await typeValue(question, question.schema ?? {});
  return typed === undefined ? undefined : { ...decided, ...typed };
}

/** Asks where the run goes on. What a run inside the node asks names a node in there, which is typed. */
async function chooseGoal(session: GraphSession, question: StoredQuestion): Promise<NodeId | undefined> {
  const title = vscode.l10n.t("Where does the run go on?");
  if (question.inner !== undefined) return vscode.window.showInputBox({ title, prompt: vscode.l10n.t("Id of a node of the graph inside") });
  return (await vscode.window.showQuickPick(targetItems(session), { title }))?.id;
}

async function chooseQuestion({ run }: GraphSession, key: string | undefined): Promise<StoredQuestion | undefined> {
  const questions = run === undefined ? [] : openQuestions(run.frontier);
  const [first] = questions;
  if (first === undefined) throw new PatchbayError("NO_QUESTION", vscode.l10n.t("No run of this graph asks anything."));
  if (key !== undefined) return questions.find((question) => question.key === key);
  if (questions.length === 1) return first;
  const items = questions.map((question) => ({ label: question.prompt, description: question.node, question }));
  const choice = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which question?") });
  return choice?.question;
}

/** Asks for the value of a decision; an empty one is none. Undefined when the person gave up. */
async function typeValue(question: StoredQuestion, schema: JsonObject): Promise<{ value?: JsonValue } | undefined> {
  const text = await vscode.window.showInputBox({
    title: question.prompt,
    prompt: vscode.l10n.t("The value of the decision as JSON; leave empty for none."),
    ignoreFocusOut: true,
    validateInput: (typed) => misfit(typed, schema),
  });
  if (text === undefined) return undefined;
  return text.trim() === "" ? {} : { value: JSON.parse(text) as JsonValue };
}

function misfit(text: string, schema: JsonObject): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    const validate = compileSchema(schema);
    if (validate(JSON.parse(text))) return undefined;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath ?? ""} ${first?.message ?? ""}`.trim();
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

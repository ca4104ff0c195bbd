import * as v from "valibot";
import * as vscode from "vscode";
import { compileSchema } from "../../runtime/channels/schema-check.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { StoredQuestion } from "../../runtime/checkpoint/checkpoint.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import { openQuestions } from "../bridge/project-run.js";
import type { GraphSession } from "../run/graph-session.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

interface GivenAnswer {
  readonly key: string;
  readonly action: string;
  readonly value?: JsonValue;
}

const given = v.object({ key: v.string(), action: v.optional(v.string()), value: v.optional(v.custom<JsonValue>(() => true)) });

/** Answers a question of the run: as given, or by asking for what is not. */
export const decide: Command = {
  id: "patchbay.decide",
  async run(services, uri, answer) {
    const session = await graphOf(services, uri);
    const chosen = session === undefined ? undefined : await completeAnswer(session, v.safeParse(given, answer));
    if (session === undefined || chosen === undefined) return;
    session.decide(chosen.key, chosen.action, chosen.value);
    const goOn = vscode.workspace.getConfiguration("patchbay").get("run.continueAfterDecision", false);
    if (goOn && session.run?.status === "paused") await session.continue();
  },
};

async function completeAnswer(session: GraphSession, answer: v.SafeParseResult<typeof given>): Promise<GivenAnswer | undefined> {
  const { key, action, value } = answer.success ? answer.output : {};
  if (key !== undefined && action !== undefined) return { key, action, ...(value === undefined ? {} : { value }) };
  const question = await chooseQuestion(session, key);
  if (question === undefined) return undefined;
  const chosen = await vscode.window.showQuickPick([...question.actions], { title: question.node, placeHolder: question.prompt });
  if (chosen === undefined) return undefined;
  if (question.schema === undefined) return { key: question.key, action: chosen };
  const typed = await typeValue(question, question.schema);
  return typed === undefined ? undefined : { key: question.key, action: chosen, ...typed };
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

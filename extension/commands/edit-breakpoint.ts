// What a breakpoint of a node or edge asks and tells, typed by a person.
import * as vscode from "vscode";
import { parseHits } from "../../runtime/stepping/hit-count.js";
import { parseMessage } from "../../runtime/stepping/log-message.js";
import type { Terms } from "../debug/breakpoints/graph-breakpoints.js";
import type { GraphSession } from "../run/graph-session.js";
import { breakpointSubjects, defaultPlace, type BreakpointSubject } from "./breakpoint-subjects.js";
import type { Command, CommandServices } from "./command.js";

type Field = "condition" | "hits" | "log";

/** Sets a breakpoint that stops where an expression is true. */
export const addConditionalBreakpoint: Command = {
  id: "patchbay.addConditionalBreakpoint",
  run: (services, ...args) => askFor(services, args, () => "condition"),
};

/** Sets a breakpoint that tells a message and does not stop. */
export const addLogpoint: Command = { id: "patchbay.addLogpoint", run: (services, ...args) => askFor(services, args, () => "log") };

/** Gives a breakpoint another condition, hit count or message. */
export const editBreakpoint: Command = { id: "patchbay.editBreakpoint", run: (services, ...args) => askFor(services, args, chooseField) };

async function askFor(
  services: CommandServices,
  args: readonly unknown[],
  field: () => Field | PromiseLike<Field | undefined>,
): Promise<void> {
  const [subject] = await breakpointSubjects(services, args);
  const terms = subject === undefined ? undefined : await chooseBreakpoint(subject);
  const asked = terms === undefined ? undefined : await field();
  if (subject === undefined || terms === undefined || asked === undefined) return;
  const text = await type(subject.session, asked, terms[asked] ?? "");
  if (text === undefined || (text === "" && subject.breakpoints.length === 0)) return;
  const { [asked]: _before, ...others } = terms;
  services.breakpoints.set(subject.document, text === "" ? others : { ...others, [asked]: text });
}

/** The one that is there; a new one where there is none. */
async function chooseBreakpoint({ entry, breakpoints }: BreakpointSubject): Promise<Terms | undefined> {
  const [only, another] = breakpoints;
  if (only === undefined) return { place: defaultPlace(entry), enabled: true };
  if (another === undefined) return only;
  const items = breakpoints.map((breakpoint) => ({ label: placeText(breakpoint.place.at), breakpoint }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which breakpoint?") }))?.breakpoint;
}

function placeText(at: Terms["place"]["at"]): string {
  switch (at) {
    case "before":
      return vscode.l10n.t("Before the node");
    case "after":
      return vscode.l10n.t("After the node");
    case "taken":
      return vscode.l10n.t("Where the edge is taken");
    case "tested":
      return vscode.l10n.t("Where the edge is tested");
  }
}

async function chooseField(): Promise<Field | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly field: Field })[] = [
    { field: "condition", label: vscode.l10n.t("Expression"), description: vscode.l10n.t("stops where it is true") },
    { field: "hits", label: vscode.l10n.t("Hit Count"), description: vscode.l10n.t("stops when it was met that often") },
    { field: "log", label: vscode.l10n.t("Log Message"), description: vscode.l10n.t("tells it and does not stop") },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("What is to be edited?") }))?.field;
}

async function type(session: GraphSession, field: Field, value: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    value,
    prompt: promptOf(field),
    placeHolder: field === "condition" ? "score > 3.0" : field === "hits" ? ">= 5" : "score is {score}",
    validateInput: (text) => (text.trim() === "" ? undefined : problemOf(session, field, text.trim())),
  });
  return typed?.trim();
}

function promptOf(field: Field): string {
  if (field === "condition") return vscode.l10n.t("Stop where this expression over the channels, input, output and run is true");
  if (field === "hits") return vscode.l10n.t("Stop when it was met so often: 5, > 5, >= 5, < 5, <= 5 or % 5");
  return vscode.l10n.t("Tell this and do not stop; expressions stand in braces");
}

/** Why a text cannot be used; nothing is known without a plan. */
function problemOf({ compiler }: GraphSession, field: Field, text: string): string | undefined {
  if (field === "hits") return parseHits(text) === undefined ? promptOf(field) : undefined;
  const scope = compiler.current?.plan.scope;
  if (scope === undefined) return undefined;
  if (field === "condition") {
    const compiled = scope.compile(text, "bool");
    return compiled.ok ? undefined : compiled.problem.message;
  }
  const message = parseMessage(text, scope);
  return typeof message === "string" ? message : undefined;
}

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { stemOf } from "../editor/graph-uri.js";
import type { GraphSession } from "../run/graph-session.js";
import { readInput } from "../run/run-input.js";
import { channelsOf, explainInput, typeChannels } from "./type-channels.js";

/** Asks for the input of a run: from `NAME.input.json` beside the graph, or typed. Undefined: the person wants none. Rejects with `INPUT_INVALID`. */
export async function chooseInput(session: GraphSession, remembered: vscode.Memento): Promise<JsonObject | undefined> {
  const file = inputFile(session);
  if (file === undefined) return typeInput(session, remembered);
  const fromFile = { label: vscode.l10n.t("$(file) {0}", file.name), description: vscode.l10n.t("beside the graph"), file };
  const typed = { label: vscode.l10n.t("$(edit) Type JSON…"), file: undefined };
  const choice = await vscode.window.showQuickPick([fromFile, typed], { placeHolder: vscode.l10n.t("Where does the input come from?") });
  if (choice === undefined) return undefined;
  return choice.file === undefined ? typeInput(session, remembered) : readInputFile(session, choice.file.path);
}

function inputFile({ source }: GraphSession): { readonly name: string; readonly path: string } | undefined {
  if (source.directory === undefined) return undefined;
  const name = `${stemOf(source.name)}.input.json`;
  const path = join(source.directory, name);
  return existsSync(path) ? { name, path } : undefined;
}

async function readInputFile(session: GraphSession, path: string): Promise<JsonObject> {
  const reading = readInput(await readFile(path, "utf8"), channelsOf(session));
  if (!reading.ok) throw new PatchbayError("INPUT_INVALID", `${path}: ${explainInput(reading)}`);
  return reading.input;
}

/** Asks for the input, with the last one of this graph to start from. */
function typeInput(session: GraphSession, memento: vscode.Memento): Promise<JsonObject | undefined> {
  return typeChannels(session, vscode.l10n.t("Run with input"), { memento, key: `input:${session.source.key}`, usual: "{}" });
}

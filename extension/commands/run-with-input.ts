import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { stemOf } from "../editor/graph-uri.js";
import type { GraphSession } from "../run/graph-session.js";
import { readInput, type InputReading } from "../run/run-input.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Starts a run with an input: from `NAME.input.json` beside the graph, or typed. */
export const runWithInput: Command = {
  id: "patchbay.runWithInput",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    const input = session === undefined ? undefined : await chooseInput(session, services.remembered);
    if (input !== undefined) await session?.start(input);
  },
};

async function chooseInput(session: GraphSession, remembered: vscode.Memento): Promise<JsonObject | undefined> {
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
  if (!reading.ok) throw new PatchbayError("INPUT_INVALID", `${path}: ${explain(reading)}`);
  return reading.input;
}

/** Asks for the input, with the last one of this graph to start from. */
async function typeInput(session: GraphSession, remembered: vscode.Memento): Promise<JsonObject | undefined> {
  const key = `input:${session.source.key}`;
  const isChannel = channelsOf(session);
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Run with input"),
    prompt: vscode.l10n.t("A JSON object; its keys are channels: {0}", [...session.source.parsed.graph.channels.keys()].join(", ")),
    value: remembered.get(key, "{}"),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const reading = readInput(typed, isChannel);
      return reading.ok ? undefined : explain(reading);
    },
  });
  const reading = text === undefined ? undefined : readInput(text, isChannel);
  if (reading?.ok !== true) return undefined;
  await remembered.update(key, text);
  return reading.input;
}

function channelsOf({ source }: GraphSession): (name: string) => boolean {
  const { channels } = source.parsed.graph;
  return (name) => channels.has(name);
}

function explain({ reason, detail }: Extract<InputReading, { ok: false }>): string {
  switch (reason) {
    case "not-json":
      return vscode.l10n.t("This is not JSON: {0}", detail);
    case "not-object":
      return vscode.l10n.t("The input must be an object of channels.");
    case "unknown-channel":
      return vscode.l10n.t('The graph has no channel "{0}".', detail);
  }
}

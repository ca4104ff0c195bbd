import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { stemOf } from "../editor/graph-uri.js";
import type { GraphSession } from "../run/graph-session.js";
import { readInput } from "../run/run-input.js";
import { fillForm } from "./input-form.js";
import { channelsOf, explainInput } from "./type-channels.js";

/** Asks for the input of a run: by a form of its channels, from `NAME.input.json` beside the graph, or typed. Undefined: the person wants none. Rejects with `INPUT_INVALID`. */
export function chooseInput(session: GraphSession, remembered: vscode.Memento): Promise<JsonObject | undefined> {
  const file = inputFile(session);
  if (file === undefined) return fillForm(session, remembered, []);
  const fromFile = {
    label: vscode.l10n.t("$(file) {0}", file.name),
    description: vscode.l10n.t("beside the graph"),
    read: () => readInputFile(session, file.path),
  };
  return fillForm(session, remembered, [fromFile]);
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

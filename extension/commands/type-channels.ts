import * as vscode from "vscode";
import type { JsonObject } from "../../runtime/model/json.js";
import type { GraphSession } from "../run/graph-session.js";
import { readInput, type InputReading } from "../run/run-input.js";

/** Where what was typed last is kept. */
export interface TypedMemory {
  readonly memento: vscode.Memento;
  readonly key: string;
  /** What stands there the first time. */
  readonly usual: string;
}

/** Asks for values of channels as JSON, with what was typed last to start from; undefined where the person gives up. */
export async function typeChannels(
  session: GraphSession,
  title: string,
  { memento, key, usual }: TypedMemory,
): Promise<JsonObject | undefined> {
  const isChannel = channelsOf(session);
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("A JSON object; its keys are channels: {0}", [...session.source.parsed.graph.channels.keys()].join(", ")),
    value: memento.get(key, usual),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const reading = readInput(typed, isChannel);
      return reading.ok ? undefined : explainInput(reading);
    },
  });
  const reading = text === undefined ? undefined : readInput(text, isChannel);
  if (reading?.ok !== true) return undefined;
  await memento.update(key, text);
  return reading.input;
}

/** Tells what is a channel of a graph. */
export function channelsOf({ source }: GraphSession): (name: string) => boolean {
  const { channels } = source.parsed.graph;
  return (name) => channels.has(name);
}

/** Why what was typed is no input. */
export function explainInput({ reason, detail }: Extract<InputReading, { ok: false }>): string {
  switch (reason) {
    case "not-json":
      return vscode.l10n.t("This is not JSON: {0}", detail);
    case "not-object":
      return vscode.l10n.t("The input must be an object of channels.");
    case "unknown-channel":
      return vscode.l10n.t('The graph has no channel "{0}".', detail);
  }
}

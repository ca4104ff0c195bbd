// The input of a run as a form: a line for each channel, those first that need a value. It stays until the person runs it, or gives up.
import * as vscode from "vscode";
import type { ChannelDef } from "../../runtime/model/graph.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import type { GraphSession } from "../run/graph-session.js";
import { inputChannels } from "../run/input-channels.js";
import { readInput } from "../run/run-input.js";
import { askChannel, hintOf } from "./ask-channel.js";
import { channelsOf, typeChannels } from "./type-channels.js";

const PREVIEW = 80;

/** Another place that the input may come from. */
export interface OtherSource {
  readonly label: string;
  readonly description: string;
  readonly read: () => Promise<JsonObject>;
}

type Line = vscode.QuickPickItem & { readonly does?: "run" | "json" | ChannelDef | OtherSource };

/** Asks for the input, with the last one of this graph to start from; undefined where the person gives up. */
export async function fillForm(
  session: GraphSession,
  memento: vscode.Memento,
  others: readonly OtherSource[],
): Promise<JsonObject | undefined> {
  const key = `input:${session.source.key}`;
  const title = vscode.l10n.t("Run with input");
  let given = remembered(session, memento.get(key, "{}"));
  for (;;) {
    const placeHolder = vscode.l10n.t("Choose a channel to give it a value.");
    const options = { title, placeHolder, matchOnDescription: true, ignoreFocusOut: true };
    const line = await vscode.window.showQuickPick(linesOf(session, given, others), options);
    if (line?.does === undefined) return undefined;
    if (line.does === "run") {
      await memento.update(key, JSON.stringify(given));
      return given;
    }
    if (line.does === "json") {
      const typed = await typeChannels(session, title, { memento, key, usual: JSON.stringify(given) });
      if (typed !== undefined) return typed;
    } else if ("read" in line.does) return line.does.read();
    else given = await withAnswer(given, line.does);
  }
}

async function withAnswer(given: JsonObject, channel: ChannelDef): Promise<JsonObject> {
  const answer = await askChannel(channel, given[channel.name]);
  if (answer === undefined) return given;
  if ("value" in answer) return { ...given, [channel.name]: answer.value };
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== channel.name));
}

function linesOf(session: GraphSession, given: JsonObject, others: readonly OtherSource[]): readonly Line[] {
  const { graph } = session.source.parsed;
  const needed = inputChannels(graph);
  const missing = needed.filter(({ name }) => given[name] === undefined).map(({ name }) => name);
  const run = {
    label: vscode.l10n.t("$(play) Run"),
    description: missing.length === 0 ? previewJson(given, PREVIEW) : vscode.l10n.t("without a value: {0}", missing.join(", ")),
    does: "run" as const,
  };
  const rest = [...graph.channels.values()].filter((channel) => !needed.includes(channel));
  const asked = [...needed, ...rest].map((channel) => lineOf(channel, given, missing.includes(channel.name)));
  const first = missing.length === 0 ? [run, ...asked] : [...asked.slice(0, needed.length), run, ...asked.slice(needed.length)];
  return [
    ...first,
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    ...others.map((other) => ({ label: other.label, description: other.description, does: other })),
    { label: vscode.l10n.t("$(edit) Type JSON…"), does: "json" },
  ];
}

function lineOf(channel: ChannelDef, given: JsonObject, isMissing: boolean): Line {
  const value = given[channel.name];
  const shown = value === undefined ? (isMissing ? vscode.l10n.t("needs a value") : "") : previewJson(value, PREVIEW);
  return { label: `$(symbol-variable) ${channel.name}`, description: shown, detail: hintOf(channel), does: channel };
}

/** What was given last, as far as the graph still has its channels. */
function remembered(session: GraphSession, text: string): JsonObject {
  const isChannel = channelsOf(session);
  const reading = readInput(text, () => true);
  return reading.ok ? Object.fromEntries(Object.entries(reading.input).filter(([name]) => isChannel(name))) : {};
}

import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import type { JsonValue } from "../../runtime/model/json.js";
import type { Plan } from "../../runtime/plan/plan.js";
import { misfitOf, type StateEdit } from "../../runtime/run/edit-state.js";
import { superstepOf } from "../../runtime/checkpoint/checkpoint.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import type { StateFile, StateFiles } from "../editor/state-files.js";
import { editableState, type EditableState, type StatePlace } from "../run/editable-state.js";
import type { GraphSession } from "../run/graph-session.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Values of at most this many characters are typed into a box; larger ones are edited as a document. */
const IN_A_BOX = 200;
const PREVIEW = 80;

/** Gives channels other values at a checkpoint, or where the run stands: a branch of the run. */
export const editState: Command = {
  id: "patchbay.editState",
  async run(services, subject) {
    const row = isCheckpointRow(subject) ? subject : undefined;
    const session = row?.session ?? (await graphOf(services, subject));
    if (session === undefined) return;
    const place = row === undefined ? placeOfRun(session) : { ...placeOf(row.summary), run: row.run.id, inside: row.inside };
    if (place === undefined) return void vscode.window.showInformationMessage(vscode.l10n.t("No run of this graph has a state yet."));
    if (session.running) throw new PatchbayError("RUN_BUSY", "The run is running.");
    await edit(session, place, services.states);
  },
};

type Edited = Omit<StatePlace, "run" | "inside">;

function placeOf({ id, superstep, revision }: { readonly id: string; readonly superstep: number; readonly revision: string }): Edited {
  return { checkpoint: id, superstep, revision };
}

function placeOfRun({ run }: GraphSession): StatePlace | undefined {
  if (run === undefined) return undefined;
  return { run: run.id, checkpoint: run.head, superstep: superstepOf(run.frontier), revision: run.plan.revision, inside: false };
}

async function edit(session: GraphSession, place: StatePlace, files: StateFiles): Promise<void> {
  const state = editableState(session, place);
  const title = vscode.l10n.t("State at superstep {0}", place.superstep);
  const channel = await chooseChannel(title, state);
  if (channel === undefined) return;
  const text = channel === "" ? "" : (JSON.stringify(state.values[channel]) ?? "");
  if (channel === "" || text.length > IN_A_BOX)
    return open(files, title, { ...place, graph: session.source.key, ...(channel === "" ? {} : { channels: [channel] }) });
  const typed = await typeValue(channel, text, state.plan);
  if (typed !== undefined && typed.text !== text) session.fork(place.run, place.checkpoint, typed.edit);
}

/** Which channel to edit; empty for all, as a document. Undefined where nothing was chosen. */
async function chooseChannel(title: string, { values, plan }: EditableState): Promise<string | undefined> {
  const all = {
    channel: "",
    label: vscode.l10n.t("All Channels…"),
    description: vscode.l10n.t("as JSON; saving applies it"),
    iconPath: new vscode.ThemeIcon("json"),
  };
  const items = [...plan.channels.keys()].map((channel) => ({
    channel,
    label: channel,
    description: values[channel] === undefined ? vscode.l10n.t("no value") : previewJson(values[channel], PREVIEW),
    iconPath: new vscode.ThemeIcon("symbol-variable"),
  }));
  const placeHolder = vscode.l10n.t("Edit which channel? The run stands on a new branch then; this one stays.");
  return (await vscode.window.showQuickPick([all, ...items], { title, placeHolder, matchOnDescription: true }))?.channel;
}

async function open(files: StateFiles, title: string, file: StateFile): Promise<void> {
  const text = await vscode.workspace.openTextDocument(await files.address(title, file));
  await vscode.window.showTextDocument(text, { preview: false });
}

/** Asks for a value; an empty one is none. */
async function typeValue(
  channel: string,
  value: string,
  plan: Plan,
): Promise<{ readonly text: string; readonly edit: StateEdit } | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Value of {0}", channel),
    prompt: vscode.l10n.t("JSON; leave empty for the default, or no value."),
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => misfit(channel, typed, plan),
  });
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  return { text: trimmed, edit: trimmed === "" ? { values: {}, cleared: [channel] } : { values: { [channel]: parse(trimmed) } } };
}

function misfit(channel: string, typed: string, plan: Plan): string | undefined {
  if (typed.trim() === "") return undefined;
  try {
    return misfitOf(plan, channel, parse(typed));
  } catch (thrown) {
    return vscode.l10n.t("This is not JSON: {0}", thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function parse(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

import * as vscode from "vscode";
import type { Blamed, BlameQuery } from "../../runtime/blame/blame.js";
import { dottedOf } from "../../runtime/blame/channel-path.js";
import { superstepOf } from "../../runtime/checkpoint/checkpoint.js";
import { START } from "../../runtime/model/ids.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import { blameChannels } from "../run/blame-channels.js";
import { editableState } from "../run/editable-state.js";
import type { GraphSession } from "../run/graph-session.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import { writerDetails, writerText } from "../views/writer-text.js";
import type { Command, CommandServices } from "./command.js";
import { graphOf } from "./target.js";

const PREVIEW = 80;

/** The moment that is asked about. */
interface BlamedMoment {
  readonly session: GraphSession;
  readonly run: string;
  readonly checkpoint: string;
  readonly superstep: number;
  readonly revision: string;
  readonly inside: boolean;
}

interface PlaceItem extends vscode.QuickPickItem {
  readonly channel: string;
  readonly blamed: Blamed;
}

/** Says who gave a channel, or a place in it, its value, and shows the node and the checkpoint. A channel may be named. */
export const blameChannel: Command = {
  id: "patchbay.blameChannel",
  async run(services, subject, named) {
    const moment = await momentOf(services, subject);
    if (moment === undefined) return;
    const channel = isNamed(named) ? named.channel : undefined;
    const blamed = channel === undefined ? await choose(moment) : moment.session.archive.blame(queryOf(moment, channel));
    if (blamed !== undefined) await show(services, moment, blamed);
  },
};

function isNamed(value: unknown): value is { readonly channel: string } {
  return typeof value === "object" && value !== null && "channel" in value && typeof value.channel === "string";
}

async function momentOf(services: CommandServices, subject: unknown): Promise<BlamedMoment | undefined> {
  if (isCheckpointRow(subject)) {
    const { session, run, summary, inside } = subject;
    return { session, run: run.id, checkpoint: summary.id, superstep: summary.superstep, revision: summary.revision, inside };
  }
  const session = await graphOf(services, subject);
  if (session === undefined) return undefined;
  const { run } = session;
  if (run === undefined) return void vscode.window.showInformationMessage(vscode.l10n.t("No run of this graph has a state yet."));
  return { session, run: run.id, checkpoint: run.head, superstep: superstepOf(run.frontier), revision: run.plan.revision, inside: false };
}

function queryOf({ run, checkpoint }: BlamedMoment, channel: string, path = ""): BlameQuery {
  return { run, checkpoint, channel, path };
}

/** A channel first, and then, as long as there are places in what was chosen, one of those or all of it. */
async function choose(moment: BlamedMoment): Promise<Blamed | undefined> {
  const title = vscode.l10n.t("Who wrote it, as of superstep {0}", moment.superstep);
  let chosen = await pick(title, vscode.l10n.t("Which channel?"), channelItems(moment));
  while (chosen !== undefined) {
    const { channel, blamed } = chosen;
    const parts = moment.session.archive.blameParts(queryOf(moment, channel, blamed.path));
    if (parts.length === 0) return blamed;
    const all = { ...chosen, label: vscode.l10n.t("All of {0}", dottedOf(channel, blamed.path)) };
    const next = await pick(title, vscode.l10n.t("All of it, or which place in it?"), [all, ...parts.map((part) => itemOf(channel, part))]);
    if (next === all) return blamed;
    chosen = next;
  }
  return undefined;
}

function channelItems(moment: BlamedMoment): readonly PlaceItem[] {
  const { session, run, checkpoint } = moment;
  const { values, plan } = editableState(session, moment);
  return blameChannels(session.archive, run, checkpoint, [...plan.channels.keys()]).map((blamed) => ({
    ...itemOf(blamed.channel, blamed),
    description: described(values[blamed.channel]),
    iconPath: new vscode.ThemeIcon("symbol-variable"),
  }));
}

function itemOf(channel: string, blamed: Blamed): PlaceItem {
  const detail = [writerText(blamed.writer), ...writerDetails(blamed.writer).split("\n").slice(0, -1)].filter(Boolean).join(" · ");
  return { channel, blamed, label: dottedOf(channel, blamed.path), description: described(blamed.value), detail };
}

function described(value: Blamed["value"]): string {
  return value === undefined ? vscode.l10n.t("no value") : previewJson(value, PREVIEW);
}

function pick(title: string, placeHolder: string, items: readonly PlaceItem[]): Thenable<PlaceItem | undefined> {
  return vscode.window.showQuickPick([...items], { title, placeHolder, matchOnDescription: true, matchOnDetail: true });
}

/** Lights the node on the canvas and shows the checkpoint in its view; says so where there is nothing to show. */
async function show({ panels, checkpoints }: CommandServices, { session, run, inside }: BlamedMoment, { writer }: Blamed): Promise<void> {
  const node = writer.node ?? (writer.kind === "input" ? START : undefined);
  const uri = vscode.Uri.parse(session.source.key);
  if (node !== undefined && !inside && (node === START || session.source.parsed.raw.nodes.has(node)))
    await panels.reveal(uri, { nodes: [node], edges: [] });
  const shown = writer.checkpoint !== undefined && (await checkpoints.select(session, run, writer.checkpoint));
  if (!shown) void vscode.window.showInformationMessage([writerText(writer), ...writerDetails(writer).split("\n")].join(" · "));
}

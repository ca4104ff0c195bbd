// Where the input of a node comes from that is run alone.
import * as vscode from "vscode";
import { superstepOf } from "../../runtime/checkpoint/checkpoint.js";
import type { NodeId } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { givenAt, lastGiven, type TrialInput } from "../../runtime/run/trial/given.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import type { GraphSession } from "../run/graph-session.js";
import { checkpointDescription, checkpointLabel } from "../views/checkpoint-text.js";
import type { ChosenNode } from "./chosen-node.js";
import { typeChannels } from "./type-channels.js";

const PREVIEW = 80;
const CHOICES = 200;

interface Source extends vscode.QuickPickItem {
  /** Undefined where a person gives up. */
  readonly read: () => TrialInput | undefined | Promise<TrialInput | undefined>;
}

/** What the node is to work on, as a person chooses; undefined where they give up. Throws `CORRUPTED`, `NOT_FOUND`. */
export async function chooseInput(chosen: ChosenNode, remembered: vscode.Memento): Promise<TrialInput | undefined> {
  const { session, node, checkpoint } = chosen;
  if (checkpoint !== undefined) return givenAt(session.archive.store(), checkpoint.summary.id, node);
  const last = lastOf(session, node);
  const sources = [
    ...(last === undefined ? [] : [asLast(session, last)]),
    ...storedSources(session, node),
    typed(chosen, last, remembered),
  ];
  const title = vscode.l10n.t("Run {0} Alone", labelOf(session, node));
  const placeHolder = vscode.l10n.t("What is it given? No run moves by it.");
  const source = sources.length === 1 ? sources[0] : await vscode.window.showQuickPick(sources, { title, placeHolder });
  return source?.read();
}

/** What people call a node. */
export function labelOf({ source }: GraphSession, node: NodeId): string {
  return source.parsed.graph.nodes.get(node)?.label ?? node;
}

function lastOf(session: GraphSession, node: NodeId): TrialInput | undefined {
  const run = keptRun(session);
  return run === undefined ? undefined : lastGiven(session.archive.store(), run.plan, run.head, node);
}

/** The run shown, where the graph's own store has it. */
function keptRun({ run, archive }: GraphSession): GraphSession["run"] {
  return run !== undefined && archive.store().run(run.id) !== undefined ? run : undefined;
}

function asLast(session: GraphSession, last: TrialInput): Source {
  return {
    label: vscode.l10n.t("As It Was Given Last"),
    description: vscode.l10n.t("superstep {0}", last.superstep ?? 1),
    detail: previewJson(readBy(session, last), PREVIEW),
    iconPath: new vscode.ThemeIcon("history"),
    read: () => last,
  };
}

/** The channels that the node reads, of all. */
function readBy({ source }: GraphSession, { node, values }: TrialInput): JsonObject {
  const reads = source.parsed.raw.nodes.get(node)?.["reads"];
  if (!Array.isArray(reads)) return values;
  return Object.fromEntries(Object.entries(values).filter(([channel]) => reads.includes(channel)));
}

function storedSources(session: GraphSession, node: NodeId): readonly Source[] {
  const { archive } = session;
  const run = keptRun(session);
  if (run === undefined) return [];
  return [
    {
      label: vscode.l10n.t("The State Where the Run Stands"),
      description: vscode.l10n.t("superstep {0}", superstepOf(run.frontier)),
      iconPath: new vscode.ThemeIcon("debug-pause"),
      read: () => givenAt(archive.store(), run.head, node),
    },
    {
      label: vscode.l10n.t("The State at a Checkpoint…"),
      iconPath: new vscode.ThemeIcon("list-tree"),
      read: () => atChosen(session, run.id, node),
    },
  ];
}

async function atChosen({ archive }: GraphSession, run: string, node: NodeId): Promise<TrialInput | undefined> {
  const items = archive
    .checkpoints(run, CHOICES)
    .map((summary) => ({ label: checkpointLabel(summary), description: checkpointDescription(summary), id: summary.id }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which checkpoint?"), matchOnDescription: true });
  return chosen === undefined ? undefined : givenAt(archive.store(), chosen.id, node);
}

/** Typed on top of what it was given last, if anything. */
function typed({ session, node }: ChosenNode, last: TrialInput | undefined, remembered: vscode.Memento): Source {
  const before = last ?? { node, values: {} };
  return {
    label: vscode.l10n.t("Type JSON…"),
    description: vscode.l10n.t("channels and their values"),
    iconPath: new vscode.ThemeIcon("edit"),
    read: async () => {
      const usual = last === undefined ? "{}" : JSON.stringify(readBy(session, last));
      const memory = { memento: remembered, key: `node-input:${session.source.key}:${node}`, usual };
      const values = await typeChannels(session, vscode.l10n.t("Run {0} Alone", labelOf(session, node)), memory);
      return values === undefined ? undefined : { ...before, values: { ...before.values, ...values } };
    },
  };
}

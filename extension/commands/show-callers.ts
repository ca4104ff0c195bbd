import * as vscode from "vscode";
import * as v from "valibot";
import type { Caller } from "../places/callers.js";
import type { Command, CommandServices } from "./command.js";
import { graphOf } from "./target.js";

const named = v.object({ crumb: v.number() });

/** Shows a node that runs the graph: the one of the way to it that came with the command, else one that is chosen from a list. */
export const showCallers: Command = {
  id: "patchbay.showCallers",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    if (session === undefined) return;
    const { fsPath } = vscode.Uri.parse(session.source.key);
    const { crumb } = args.find((arg): arg is v.InferOutput<typeof named> => v.is(named, arg)) ?? {};
    const caller = crumb === undefined ? await chosen(services, fsPath) : services.ways.crumbs(fsPath)[crumb];
    if (caller !== undefined) await services.panels.reveal(vscode.Uri.file(caller.file), { nodes: [caller.node], edges: [] });
  },
};

async function chosen({ ways }: CommandServices, file: string): Promise<Caller | undefined> {
  const callers = ways.callers(file);
  if (callers.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No node of another graph runs this one."));
    return undefined;
  }
  const items = callers.map((caller) => ({
    label: `$(type-hierarchy-sub) ${caller.label}`,
    description: caller.title,
    detail: vscode.workspace.asRelativePath(caller.file),
    caller,
  }));
  const placeHolder = vscode.l10n.t("Run by: which node do you want to see?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))?.caller;
}

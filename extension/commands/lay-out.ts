import * as vscode from "vscode";
import type { LayoutScope } from "../../runtime/layout/document-layout.js";
import { subjectOf } from "./canvas-subject.js";
import type { Command, CommandServices } from "./command.js";
import { graphOf } from "./target.js";

/** Gives every node of a graph another place, in layers along the way it runs. */
export const layOutGraph: Command = {
  id: "patchbay.layOutGraph",
  run: (services, named) => layOut(services, named, () => "all", vscode.l10n.t("The graph is laid out already.")),
};

/** The same for what is selected; the rest stays where it is. A node whose menu asks for it counts where nothing else is selected. */
export const layOutSelection: Command = {
  id: "patchbay.layOutSelection",
  run: (services, ...args) =>
    layOut(
      services,
      args[0],
      (key) => {
        const nodes = services.panels.find(key)?.selection.nodes ?? [];
        const session = services.sessions.all.find(({ source }) => source.key === key);
        const { node } = nodes.length > 0 || session === undefined ? {} : subjectOf(services, session, args);
        const chosen = node === undefined ? nodes : [node];
        return chosen.length === 0 ? undefined : { nodes: chosen };
      },
      vscode.l10n.t("What is selected is laid out already."),
    ),
};

/** Gives the nodes a place that have none in the document; those that somebody has placed stay. */
export const layOutNewNodes: Command = {
  id: "patchbay.layOutNewNodes",
  run: (services, named) => layOut(services, named, () => "new", vscode.l10n.t("Every node has its place already.")),
};

async function layOut(
  services: CommandServices,
  named: unknown,
  scopeOf: (key: string) => LayoutScope | undefined,
  nothing: string,
): Promise<void> {
  const session = await graphOf(services, named);
  const document = session === undefined ? undefined : services.sessions.documentOf(session);
  if (document === undefined) return;
  const scope = scopeOf(document.key);
  if (scope === undefined) return tell(vscode.l10n.t("Select nodes on the canvas first."));
  const outcome = await services.layouts.layOut(document, scope);
  if (outcome === "nothing") return tell(nothing);
  if (typeof outcome !== "string") void vscode.window.showWarningMessage(outcome.refused);
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}

import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import type { ActiveGraph } from "../editor/active-graph.js";

/** The debug type, as package.json declares it. */
export const DEBUG_TYPE = "patchbay";

/** Fills in what a launch does not say: F5 with no launch.json debugs the graph that a person works on. */
export class GraphConfigurations implements vscode.DebugConfigurationProvider {
  readonly #active: ActiveGraph;

  constructor(active: ActiveGraph) {
    this.#active = active;
  }

  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [{ type: DEBUG_TYPE, request: "launch", name: vscode.l10n.t("Debug the graph in the active editor"), graph: "${file}" }];
  }

  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    { type, request, name, graph, ...rest }: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    const named = graph === undefined || graph === "" || graph === "${file}" ? this.#activePath() : String(graph);
    if (named === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open a graph (*.patchbay.json) first."));
      return undefined;
    }
    const empty = type === undefined || type === "";
    return {
      ...rest,
      type: DEBUG_TYPE,
      request: empty || request === undefined || request === "" ? "launch" : request,
      name: empty ? vscode.l10n.t("Debug Graph") : name,
      graph: named,
      internalConsoleOptions: "neverOpen",
    };
  }

  resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration {
    const graph = String(configuration["graph"]);
    return { ...configuration, graph: isAbsolute(graph) || folder === undefined ? graph : join(folder.uri.fsPath, graph) };
  }

  #activePath(): string | undefined {
    const { current } = this.#active;
    return current === undefined ? undefined : vscode.Uri.parse(current.source.key).fsPath;
  }
}

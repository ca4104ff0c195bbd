import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import type { JsonObject } from "../../runtime/model/json.js";
import type { ActiveGraph } from "../editor/active-graph.js";

/** The debug type, as package.json declares it. */
export const DEBUG_TYPE = "patchbay";

/** Asks for the input of a run of a graph: where it needs one, or always. Undefined: the person wants none. */
type AskInput = (graph: vscode.Uri, always: boolean) => Promise<JsonObject | undefined>;

/** Fills in what a launch does not say: F5 with no launch.json debugs the graph that a person works on. */
export class GraphConfigurations implements vscode.DebugConfigurationProvider {
  readonly #active: ActiveGraph;
  readonly #input: AskInput;

  constructor(active: ActiveGraph, input: AskInput) {
    this.#active = active;
    this.#input = input;
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

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const named = String(configuration["graph"]);
    const graph = isAbsolute(named) || folder === undefined ? named : join(folder.uri.fsPath, named);
    const { request, input } = configuration as { readonly request: string; readonly input?: unknown };
    if (request !== "launch" || (input !== undefined && input !== "ask")) return { ...configuration, graph };
    const given = await this.#input(vscode.Uri.file(graph), input === "ask");
    return given === undefined ? undefined : { ...configuration, graph, input: given };
  }

  #activePath(): string | undefined {
    const { current } = this.#active;
    return current === undefined ? undefined : vscode.Uri.parse(current.source.key).fsPath;
  }
}

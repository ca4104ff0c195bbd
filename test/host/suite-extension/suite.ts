import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import type { GraphInfo, PatchbayApi } from "../../../extension/api.js";

/** One test that runs inside the extension host of a real VS Code, on a copy of examples/. */
export interface HostTest {
  readonly name: string;
  run(): Promise<void>;
}

const EXTENSION = "patchbay.patchbay";
const EDITOR = "patchbay.graph";
const GRAPH = "refund-triage/refund-triage.patchbay.json";
const PATIENCE_MS = 20_000;

/** Waits until `look` gives something; what it last gave otherwise. */
async function until<T>(look: () => T | undefined, what: string): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const found = look();
    if (found !== undefined) return found;
    assert.ok(Date.now() < end, `${what}: not within ${PATIENCE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function extension(): vscode.Extension<PatchbayApi> {
  const found = vscode.extensions.getExtension<PatchbayApi>(EXTENSION);
  assert.ok(found, `${EXTENSION} is not installed`);
  return found;
}

function graphUri(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "no folder is open");
  return vscode.Uri.joinPath(folder.uri, GRAPH);
}

const besideGraph = (name: string): vscode.Uri => vscode.Uri.joinPath(graphUri(), "..", name);

const some = <T>(all: readonly T[]): readonly T[] | undefined => (all.length === 0 ? undefined : all);

const tabOf = (uri: vscode.Uri): vscode.Tab | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString());

const graphNow = (uri: vscode.Uri): GraphInfo | undefined =>
  extension()
    .exports.graphs()
    .find((graph) => graph.uri === uri.toString());

/** What the extension says of the graph once `holds`. */
const graphOnce = (holds: (graph: GraphInfo) => boolean, what: string): Promise<GraphInfo> =>
  until(() => {
    const graph = graphNow(graphUri());
    return graph !== undefined && holds(graph) ? graph : undefined;
  }, what);

/** Replaces the first place in the text of the graph where this stands. */
async function replaceText(search: string, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(graphUri());
  const at = document.getText().indexOf(search);
  assert.ok(at >= 0, `${search} is not in the document`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + search.length)), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** In this order; later ones build on the window that earlier ones left. */
export const suite: readonly HostTest[] = [
  {
    name: "the extension activates",
    run: async () => {
      await extension().activate();
      assert.ok(extension().isActive);
    },
  },
  {
    name: "every command that the manifest contributes exists",
    run: async () => {
      const existing = new Set(await vscode.commands.getCommands(true));
      const { contributes } = extension().packageJSON as { contributes: { commands: readonly { command: string }[] } };
      assert.ok(contributes.commands.length > 0);
      assert.deepEqual(
        contributes.commands.map(({ command }) => command).filter((command) => !existing.has(command)),
        [],
      );
    },
  },
  {
    name: "a graph opens in the canvas",
    run: async () => {
      await vscode.commands.executeCommand("vscode.open", graphUri());
      const { input } = await until(() => tabOf(graphUri()), "the editor's tab");
      assert.ok(input instanceof vscode.TabInputCustom && input.viewType === EDITOR);
    },
  },
  {
    name: "an open graph has a plan in force and no problems",
    run: async () => {
      const graph = await graphOnce(({ revision }) => revision !== undefined, "a plan in force");
      assert.equal(graph.stale, false);
      assert.deepEqual(graph.problems, []);
    },
  },
  {
    name: "a broken document shows its problem and leaves the last good plan in force",
    run: async () => {
      const { revision } = await graphOnce((graph) => graph.revision !== undefined, "a plan in force");
      await replaceText('"channels"', '"channels" "broken"');
      const broken = await graphOnce(({ stale }) => stale, "the plan to be out of date");
      assert.equal(broken.revision, revision);
      assert.ok(broken.problems.some(({ severity }) => severity === "error"));
      await until(
        () => vscode.languages.getDiagnostics(graphUri()).find(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
        "a diagnostic",
      );
    },
  },
  {
    name: "a document that is whole again recovers the same plan without a recompile",
    run: async () => {
      const broken = await graphOnce(({ stale }) => stale, "the plan to be out of date");
      await replaceText('"channels" "broken"', '"channels"');
      const whole = await graphOnce(({ stale, problems }) => !stale && problems.length === 0, "the plan to be in force again");
      assert.equal(whole.revision, broken.revision);
      assert.deepEqual(whole.lastCompile, broken.lastCompile);
    },
  },
  {
    name: "compiling the workspace shows what is wrong with graphs that are not open",
    run: async () => {
      const uri = besideGraph("closed.patchbay.json");
      const document = { patchbay: 1, nodes: { a: { kind: "code", handler: "./late.ts" } }, edges: { e: { from: "@start", to: "a" } } };
      await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(document)));
      await vscode.commands.executeCommand("patchbay.compileWorkspace");
      const [problem] = await until(() => some(vscode.languages.getDiagnostics(uri)), "a diagnostic");
      assert.equal(problem?.code, "HANDLER_MISSING");
      assert.ok(vscode.workspace.textDocuments.every((open) => open.uri.toString() !== uri.toString()));
    },
  },
  {
    name: "a handler that is saved compiles the closed graphs that run it",
    run: async () => {
      await vscode.workspace.fs.writeFile(besideGraph("late.ts"), Buffer.from("export default () => ({});\n"));
      const uri = besideGraph("closed.patchbay.json");
      await until(() => (vscode.languages.getDiagnostics(uri).length === 0 ? true : undefined), "the diagnostic to go");
    },
  },
];

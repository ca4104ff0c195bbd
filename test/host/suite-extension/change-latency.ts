import { renameSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { PatchbayApi } from "../../../extension/api.js";
import type { ChangeLatencies, LatencyRequest } from "./latency-request.js";

async function measureChanges({ path, texts, rounds, warmUp }: LatencyRequest): Promise<ChangeLatencies> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("no folder is open");
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
  const graphs = await patchbay();
  const planOf = (): string | undefined => graphs().find(({ uri }) => uri === document.uri.toString())?.revision;
  const changed: number[] = [];
  const inForce: number[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const [from = "", to = ""] = round % 2 === 0 ? texts : texts.toReversed();
    const start = document.getText().indexOf(from);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
    const plan = planOf();
    const began = performance.now();
    const [applied] = await Promise.all([vscode.workspace.applyEdit(edit), nextChange(document)]);
    if (!applied) throw new Error("the edit was refused");
    const ended = performance.now();
    while (plan !== undefined && planOf() === plan) await new Promise((resolve) => setImmediate(resolve));
    if (round < warmUp) continue;
    changed.push(ended - began);
    if (plan !== undefined) inForce.push(performance.now() - began);
  }
  return { changed, inForce };
}

async function patchbay(): Promise<PatchbayApi["graphs"]> {
  const api = (await vscode.extensions.getExtension("patchbay.patchbay")?.activate()) as PatchbayApi;
  return () => api.graphs();
}

/** Measures what the setting's file asks for, and writes what came of it in its place. */
export async function answerLatencies(path: string, request: LatencyRequest): Promise<void> {
  const taken = await measureChanges(request);
  writeFileSync(`${path}.partial`, JSON.stringify(taken)); // whoever waits for the file never sees half of it
  renameSync(`${path}.partial`, path);
}

function nextChange(document: vscode.TextDocument): Promise<void> {
  return new Promise((resolve) => {
    const listening = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || event.contentChanges.length === 0) return;
      listening.dispose();
      resolve();
    });
  });
}

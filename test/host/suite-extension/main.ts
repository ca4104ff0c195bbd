import { renameSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { type HostResult, RESULTS_SETTING } from "./result.js";
import { suite } from "./suite.js";

/** Runs the suite on a command, and by itself where a file for the results is named. */
export function activate(context: vscode.ExtensionContext): void {
  const results = vscode.workspace.getConfiguration().get<string>(RESULTS_SETTING);
  context.subscriptions.push(vscode.commands.registerCommand("patchbayTests.run", () => runSuite(results)));
  if (results !== undefined) void runSuite(results);
}

async function runSuite(path: string | undefined): Promise<readonly HostResult[]> {
  const results: HostResult[] = [];
  for (const test of suite) {
    const { name } = test;
    try {
      await test.run();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  if (path !== undefined) {
    writeFileSync(`${path}.partial`, JSON.stringify(results)); // whoever waits for the file never sees half of it
    renameSync(`${path}.partial`, path);
  }
  return results;
}

import type * as vscode from "vscode";
import type { PatchbayApi } from "./api.js";
import { createServices, type Services } from "./services.js";

// VS Code calls two functions of this module; what they share has to live here.
let services: Services | undefined;

/** Called by VS Code; returns what other extensions and the tests may ask. */
export function activate(context: vscode.ExtensionContext): PatchbayApi {
  services = createServices(context);
  return services.api;
}

/** Called by VS Code, which waits a few seconds for what this returns. */
export async function deactivate(): Promise<void> {
  await services?.dispose();
  services = undefined;
}

import * as vscode from "vscode";
import type { Orientation } from "../../runtime/model/orientation.js";

/** The setting that says which way graphs run. */
export const ORIENTATION = "patchbay.canvas.orientation";

/** Which way graphs run. A setting may hold anything. */
export function orientation(): Orientation {
  const said = vscode.workspace.getConfiguration("patchbay").get("canvas.orientation", "left-to-right" as string);
  return said === "top-to-bottom" ? said : "left-to-right";
}

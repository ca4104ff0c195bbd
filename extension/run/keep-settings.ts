import * as vscode from "vscode";
import { parseSize } from "../../runtime/document/quantities.js";
import { parseDuration } from "../../runtime/model/duration.js";
import type { KeptBySettings } from "./store-keeper.js";

/** How much the store of a folder keeps by the settings; what they do not say, or say wrongly, is no limit. */
export function keepSettings(directory: string): KeptBySettings {
  const folder = vscode.Uri.file(directory);
  const checkpoints = vscode.workspace.getConfiguration("patchbay", folder).get("store.keep.checkpoints", 0);
  const age = parseDuration(vscode.workspace.getConfiguration("patchbay", folder).get("store.keep.age", ""));
  const bytes = parseSize(vscode.workspace.getConfiguration("patchbay", folder).get("store.keep.bytes", ""));
  return {
    ...(Number.isInteger(checkpoints) && checkpoints > 0 ? { keep: checkpoints } : {}),
    ...(age === undefined ? {} : { age }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

import { spawnSync } from "node:child_process";
import { basename, resolve } from "node:path";
import { mergeDocuments, type MergedDocument } from "../document/merge/merge-documents.js";
import { positionAt } from "../document/text.js";
import { keysOf } from "../model/json-pointer.js";
import { PatchbayError } from "../errors.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import type { CliIo } from "./io.js";
import { counted } from "./lists.js";
import { readTextFile, writeTextFile } from "./text-file.js";

/** `patchbay merge BASE OURS THEIRS` */
export const merge: Command = {
  name: "merge",
  summary: "Merge two versions of a graph, by the ids of its nodes and edges, into OURS.",
  operands: ["BASE", "OURS", "THEIRS"],
  options: {
    output: { value: "FILE", help: "Write the merged graph to this file. Default: OURS." },
    json: common.json,
  },
  notes: [
    "What both sides changed, each in another way, stays as OURS has it and is listed in the graph under `conflicts`, to be decided there; the exit",
    "status is 1 then. Files that are no graphs are left to `git merge-file`. For git to merge graphs by it:",
    "",
    '  git config merge.patchbay.driver "patchbay merge %O %A %B"',
    '  echo "*.patchbay.json merge=patchbay" >> .gitattributes',
  ].join("\n"),
  run(given, io) {
    const [base = "", ours = "", theirs = ""] = given.operands.map((path) => resolve(io.cwd, path));
    const output = resolve(io.cwd, given.value("output") ?? ours);
    const merged = mergeDocuments({ base: readTextFile(base, base), ours: readTextFile(ours, ours), theirs: readTextFile(theirs, theirs) });
    if (merged === undefined) return mergeLines({ base, ours, theirs }, output, io);
    writeTextFile(output, output, merged.text);
    if (given.has("json")) {
      const { text: _text, ...facts } = merged;
      io.out(`${JSON.stringify({ merged: isClean(merged), ...facts })}\n`);
    } else tell(merged, basename(output), io);
    return isClean(merged) ? exit.ok : exit.failed;
  },
};

function isClean({ conflicts, problems }: MergedDocument): boolean {
  return conflicts.length + problems.length === 0;
}

function tell({ text, conflicts, renamed, problems }: MergedDocument, name: string, io: CliIo): void {
  for (const { entity, from, to } of renamed) io.out(`${name}: both sides added the ${entity} ${from}; theirs is ${to}.\n`);
  for (const { at } of conflicts) io.err(`${name}: conflict: both sides changed ${keysOf(at).join(".")}.\n`);
  for (const { severity, code, message, range } of problems) {
    const { line, column } = positionAt(text, range.start);
    io.err(`${name}:${line}:${column}: ${severity} ${code} ${message}\n`);
  }
  const left = [
    ...(conflicts.length > 0 ? [counted(conflicts.length, "conflict")] : []),
    ...(problems.length > 0 ? [counted(problems.length, "error")] : []),
  ];
  io.out(`${name}: merged${left.length === 0 ? "" : `, with ${left.join(" and ")}`}.\n`);
}

/** What cannot be read as a graph is merged line by line, with git's marks of conflict. */
function mergeLines({ base, ours, theirs }: Record<"base" | "ours" | "theirs", string>, output: string, io: CliIo): number {
  const labels = ["ours", "base", "theirs"].flatMap((label) => ["-L", label]);
  const { status, stdout, error } = spawnSync("git", ["merge-file", "-p", ...labels, ours, base, theirs], { encoding: "utf8" });
  if (error !== undefined || status === null || status > 127 || status < 0)
    throw new PatchbayError("USAGE", "One of the files is no graph, and git, which would merge its lines, could not do that.", {}, error);
  writeTextFile(output, output, stdout);
  if (status > 0) io.err(`${basename(output)}: merged line by line, with ${counted(status, "conflict")}: one of the files is no graph.\n`);
  return status === 0 ? exit.ok : exit.failed;
}

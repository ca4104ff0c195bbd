import { resolve } from "node:path";
import { diffGraphs } from "../compile/diff.js";
import { gravest } from "../compile/classify.js";
import type { ChangeClass } from "../compile/change.js";
import { compareDocuments, isSame, type Difference } from "../document/difference/compare-documents.js";
import { countDifference, describeDifference } from "../document/difference/describe.js";
import { parseDocument } from "../document/parse.js";
import { wholeDocument } from "../document/whole-document.js";
import { PatchbayError } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import type { CliIo } from "./io.js";
import { readTextFile } from "./text-file.js";

/** `patchbay diff OLD NEW` */
export const diff: Command = {
  name: "diff",
  summary: "Say how two revisions of a graph differ, by the ids of nodes and edges: moved ones apart from changed ones.",
  operands: ["OLD", "NEW"],
  options: { json: common.json },
  notes: [
    "Exit status: 0 where they say the same, 1 where they differ, 2 where one is no graph. A file that is empty counts as an empty graph. For git:",
    "",
    '  git config difftool.patchbay.cmd \'patchbay diff "$LOCAL" "$REMOTE"\'',
    "  git difftool -t patchbay",
  ].join("\n"),
  run(given, io) {
    const [old = "", now = ""] = given.operands;
    const texts = [readRevision(old, io), readRevision(now, io)] as const;
    const [before, after] = [documentOf(texts[0], old), documentOf(texts[1], now)];
    const difference = compareDocuments(before, after);
    const same = isSame(difference);
    const cost = classOf(...texts);
    if (given.has("json")) io.out(`${JSON.stringify({ same, ...(cost === undefined ? {} : { class: cost }), ...difference })}\n`);
    else io.out(same ? sameText(...texts) : differenceText(difference, cost));
    return same ? exit.ok : exit.failed;
  },
};

function readRevision(path: string, { cwd }: CliIo): string {
  return readTextFile(resolve(cwd, path), path);
}

/** git hands `/dev/null` for a graph that is not there. */
function documentOf(text: string, path: string): JsonObject {
  const json = text.trim() === "" ? {} : wholeDocument(text)?.json;
  if (json === undefined)
    throw new PatchbayError("USAGE", `${path} is no graph: it is not one whole JSON object. \`patchbay validate\` tells what is wrong.`);
  return json;
}

/** What it takes to compile one from the other; undefined where one of them has errors. */
function classOf(before: string, after: string): ChangeClass | undefined {
  const [old, now] = [parseDocument(before), parseDocument(after)];
  return old.valid && now.valid ? gravest(diffGraphs(old.graph, now.graph).map((change) => change.class)) : undefined;
}

function sameText(before: string, after: string): string {
  return before === after ? "The graphs are the same.\n" : "The graphs say the same; their texts differ.\n";
}

function differenceText(difference: Difference, cost: ChangeClass | undefined): string {
  const needed = cost === undefined ? "" : cost === "none" ? "; no recompile" : `; a ${cost} recompile`;
  return [...describeDifference(difference), `${countDifference(difference)}${needed}`, ""].join("\n");
}

// Notes and groups. What is wrong with one is a warning: it has no meaning for a run.
import { colors, type Color, type GroupDef, type NoteDef } from "../model/annotation.js";
import { Fields } from "./fields.js";
import type { JsonNode } from "./json-tree.js";
import type { LocalProblem, Reading } from "./reading.js";

/** Reads one entry of `notes`. */
export function readNote(id: string, node: JsonNode): Reading<NoteDef> {
  return read("note", id, node, (fields) => {
    const text = fields.requiredString("text");
    return { id, text, ...readColor(fields) };
  });
}

/** Reads one entry of `groups`. */
export function readGroup(id: string, node: JsonNode): Reading<GroupDef> {
  return read("group", id, node, (fields) => {
    const label = fields.string("label") ?? "";
    if (fields.get("nodes") === undefined) fields.error({ start: node.start, end: node.start + 1 }, MISSING);
    const nodes = [...new Set(fields.strings("nodes") ?? [])];
    return { id, label, nodes, ...readColor(fields) };
  });
}

const MISSING = "`nodes` is missing: a group needs the ids of its nodes and notes.";

function readColor(fields: Fields): { readonly color?: Color } {
  const color = fields.oneOf("color", colors);
  return color === undefined ? {} : { color };
}

function read<Def>(what: string, id: string, node: JsonNode, def: (fields: Fields) => Def): Reading<Def> {
  if (node.type !== "object") {
    const range = { start: node.start, end: node.end };
    return {
      def: undefined,
      problems: [{ severity: "warning", code: "DOCUMENT_SHAPE", message: `The ${what} "${id}" must be an object.`, range }],
    };
  }
  const fields = new Fields(node, `a ${what}`);
  const made = def(fields);
  fields.warnOfRest();
  return { def: made, problems: fields.problems.map((problem): LocalProblem => ({ ...problem, severity: "warning" })) };
}

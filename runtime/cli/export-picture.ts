import { basename, resolve } from "node:path";
import { readJson } from "../document/json-reader.js";
import { toJson } from "../document/json-tree.js";
import type { JsonValue } from "../model/json.js";
import { PatchbayError } from "../errors.js";
import { drawingOf } from "../picture/drawing.js";
import { mermaidOf } from "../picture/mermaid.js";
import { svgOf } from "../picture/svg.js";
import { orientationOf, orientationOption } from "./orientation-option.js";
import { firstOperand } from "./arguments.js";
import type { Command } from "./command.js";
import { exit } from "./exit.js";
import { printProblems, readGraph } from "./graph-file.js";
import { writeTextFile } from "./text-file.js";

const PNG =
  "--format png: the command line has nothing to draw with. Use --format svg and convert that, or `Patchbay: Export as Picture…` in the editor.";

/** `patchbay export GRAPH --format mermaid|svg|json` */
export const exportPicture: Command = {
  name: "export",
  summary: "Print a graph as a Mermaid flowchart, as an SVG picture, or as JSON without comments.",
  operands: ["GRAPH"],
  options: {
    format: { value: "FORMAT", help: "mermaid (the default), svg, or json." },
    orientation: orientationOption,
    output: { value: "FILE", help: "Write it to this file. Default: stdout." },
  },
  notes: "A graph with errors is drawn all the same, as far as it can be read; they are told, and the exit status is 2.",
  run(given, io) {
    if (given.value("format") === "png") throw new PatchbayError("USAGE", PNG);
    const format = given.choice("format", ["mermaid", "svg", "json"]) ?? "mermaid";
    const graph = readGraph(firstOperand(given), io);
    printProblems(graph, io);
    const { document } = graph;
    const drawing = drawingOf(document, basename(graph.given).replace(/\.patchbay\.json$/, ""), orientationOf(given));
    const text =
      format === "json"
        ? `${JSON.stringify(jsonOf(document.text), undefined, 2)}\n`
        : format === "svg"
          ? svgOf(drawing)
          : mermaidOf(drawing);
    const output = given.value("output");
    if (output === undefined) io.out(text);
    else writeTextFile(resolve(io.cwd, output), output, text);
    return graph.valid ? exit.ok : exit.usage;
  },
};

/** The document as it is read: of a text that is no JSON, what could be made of it. */
function jsonOf(text: string): JsonValue {
  const { root } = readJson(text);
  return root === undefined ? null : toJson(root);
}

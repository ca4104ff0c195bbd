import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { inProject } from "../layout.mjs";

const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(11);

/** One line for each output that ships: its size, and its size as gzip makes it. @param {import("esbuild").Metafile} metafile @returns {string[]} */
export const sizeLines = ({ outputs }) =>
  Object.entries(outputs)
    .filter(([path]) => !path.endsWith(".map"))
    .map(([path, { bytes }]) => `  ${path.padEnd(28)}${kilobytes(bytes)}${kilobytes(gzipSync(readFileSync(inProject(path))).length)} gzip`);

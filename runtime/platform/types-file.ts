// The file of types beside a graph. Calls throw what the file system throws.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Graph } from "../model/graph.js";
import { graphTypes, isMadeHere } from "../types/graph-types.js";
import { graphName, typesFile } from "../types/types-path.js";
import { makeSharedHome, textOf } from "./store-home.js";

/** How a graph's file of types stands; `foreign` is somebody's own, which is left alone. */
export type TypesStatus = "current" | "stale" | "missing" | "foreign";

/** A graph's file of types: what is there, and what should be. */
export interface TypesFile {
  readonly path: string;
  readonly status: TypesStatus;
  /** What should be there. */
  readonly text: string;
}

/** Looks at the types of a graph in a file. */
export function lookAtTypes(graphFile: string, graph: Graph): TypesFile {
  const path = typesPath(graphFile);
  const text = graphTypes(graph, graphName(basename(graphFile)));
  return { path, text, status: statusOf(textOf(path), text) };
}

/** Brings the types up to date, unless they are somebody's own. */
export function writeTypes({ path, status, text }: TypesFile): void {
  if (status === "current" || status === "foreign") return;
  const folder = dirname(path);
  makeSharedHome(dirname(folder));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
}

/** Removes the types of a graph that is gone, unless they are somebody's own. */
export function removeTypes(graphFile: string): void {
  const path = typesPath(graphFile);
  const text = textOf(path);
  if (text !== undefined && isMadeHere(text)) rmSync(path);
}

/** Where the types of a graph in a file are. */
function typesPath(graphFile: string): string {
  return join(dirname(graphFile), ...typesFile(graphName(basename(graphFile))).split("/"));
}

function statusOf(found: string | undefined, text: string): TypesStatus {
  if (found === undefined) return "missing";
  if (!isMadeHere(found)) return "foreign";
  return found.replaceAll("\r\n", "\n") === text ? "current" : "stale"; // git may have changed the line ends
}

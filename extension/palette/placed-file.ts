// Files as nodes of a graph name them. Pure.
import { pathFrom } from "../editor/file-names.js";
import { isGraphPath } from "../editor/graph-uri.js";
import { isInside } from "../editor/inside.js";
import { isModulePath } from "./module-file.js";

/** Where a graph is, and what its nodes may name. */
export interface GraphHome {
  /** The graph's own path. */
  readonly file: string;
  readonly directory: string;
  /** The folder that handlers and graphs must lie in. */
  readonly workspace: string;
}

/** What became of a file that somebody wants a node for. */
export type Placed =
  | { readonly ok: true; readonly kind: "handler" | "graph"; readonly path: string }
  | { readonly ok: false; readonly why: "outside" | "itself" | "other" };

/** A file as a node of the graph may name it, or why it may not. */
export function placedFile(path: string, home: GraphHome): Placed {
  if (!isInside(home.workspace, path)) return { ok: false, why: "outside" };
  if (path === home.file) return { ok: false, why: "itself" };
  if (isGraphPath(path)) return { ok: true, kind: "graph", path: pathFrom(home.directory, path) };
  return isModulePath(path) ? { ok: true, kind: "handler", path: pathFrom(home.directory, path) } : { ok: false, why: "other" };
}

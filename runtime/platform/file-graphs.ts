import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { compileGraph } from "../compile/full.js";
import { parseDocument } from "../document/parse.js";
import type { OtherGraph } from "../document/graph-problems.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import { errorInfo, type ErrorCode } from "../errors.js";
import type { GraphLookup, GraphSource, SourcedGraph } from "../run/graph-source.js";

/** What graphs are read with. */
export interface FileGraphOptions {
  /** The folder that graphs must lie in. */
  readonly workspace: string;
  /** Makes the absolute path of a module that a document of `folder` names. Default: from that folder. */
  readonly resolve?: (folder: string, path: string) => string;
  /** The newest good state of a document that somebody edits; undefined: the file counts. */
  readonly edited?: (file: string) => Pick<SourcedGraph, "plan" | "document"> | undefined;
}

/** Graphs in files, each read and compiled once for each text that it has. */
export class FileGraphs {
  readonly #options: FileGraphOptions;
  readonly #parsed = new Map<string, ParsedDocument>();
  readonly #compiled = new Map<string, { readonly of: unknown; readonly graph: SourcedGraph }>();

  constructor(options: FileGraphOptions) {
    this.#options = options;
  }

  /** The graphs that documents of a folder name. */
  of(folder: string): GraphSource {
    return { load: (path) => this.#load(resolve(folder, path), path) };
  }

  /** The document at an absolute path, in any state. */
  look(path: string): OtherGraph {
    const file = this.#locate(path);
    if (file === undefined || file === null) return { found: file === null ? "outside" : "missing" };
    const text = readFileSync(file, "utf8");
    const before = this.#parsed.get(file);
    const document = before?.text === text ? before : parseDocument(text, before);
    this.#parsed.set(file, document);
    return { found: "file", document };
  }

  #load(path: string, named: string): GraphLookup {
    if (this.#locate(path) === null) return unread("outside", named);
    const edited = this.#options.edited?.(path);
    if (edited !== undefined) return { ok: true, graph: this.#kept(path, edited.plan, () => edited) };
    const other = this.look(path);
    if (other.found !== "file") return unread(other.found, named);
    const { document } = other;
    if (!document.valid) return refused("GRAPH_INVALID", invalid(named, document), named);
    return { ok: true, graph: this.#kept(path, document, () => ({ plan: compileGraph(document.graph), document })) };
  }

  /** The same graph as before, as long as it is made `of` the same. */
  #kept(file: string, of: unknown, make: () => Pick<SourcedGraph, "plan" | "document">): SourcedGraph {
    const known = this.#compiled.get(file);
    if (known !== undefined && known.of === of) return known.graph;
    const folder = dirname(file);
    const { plan, document } = make();
    const { resolve: from = resolve } = this.#options;
    const graph = { name: basename(file), plan, document, resolve: (path: string) => from(folder, path), graphs: this.of(folder) };
    this.#compiled.set(file, { of, graph });
    return graph;
  }

  /** The very file, undefined where there is none, null where it is outside. */
  #locate(path: string): string | undefined | null {
    const { workspace } = this.#options;
    try {
      const root = realpathSync.native(workspace);
      if (!isInside(workspace, path) && !isInside(root, path)) return null;
      const file = realpathSync.native(path);
      return isInside(root, file) ? (statSync(file).isFile() ? file : undefined) : null;
    } catch {
      return undefined;
    }
  }
}

function invalid(named: string, { problems }: ParsedDocument): string {
  const [first, ...others] = problems.filter(({ severity }) => severity === "error");
  return `The graph "${named}" has errors: ${first?.message ?? ""}${others.length === 0 ? "" : ` And ${others.length} more.`}`;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function unread(found: "missing" | "outside", named: string): GraphLookup {
  return found === "missing"
    ? refused("GRAPH_MISSING", `There is no file for the graph "${named}".`, named)
    : refused("GRAPH_OUTSIDE", `The graph "${named}" is outside the folder of the workspace.`, named);
}

function refused(code: ErrorCode, message: string, graph: string): GraphLookup {
  return { ok: false, error: errorInfo(code, message, { graph }) };
}

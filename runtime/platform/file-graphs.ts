// Graphs in files, for documents that name them.
//
// 1. A graph's version is that of what it means, of the modules that it runs, and of the graphs that it leads to: made of contents,
//    so that it is the same everywhere. A graph may lead to itself.
// 2. While a file is broken or gone, the version that it last had stays, for whom it was given to; who asks for the newest is refused.
import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Compiled } from "../compile/graph-compiler.js";
import { diffFiles } from "../compile/diff-files.js";
import { compileGraph } from "../compile/full.js";
import { patchPlan } from "../compile/patch.js";
import { revisionWithout } from "../compile/revision.js";
import type { OtherGraph } from "../document/graph-problems.js";
import { parseDocument } from "../document/parse.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import { errorInfo, type ErrorCode, type ErrorInfo } from "../errors.js";
import type { FileVersions } from "../model/file-version.js";
import type { Plan } from "../plan/plan.js";
import type { FileSource } from "../ports.js";
import type { GraphLookup, GraphSource, SourcedGraph } from "../run/graph-source.js";
import { GraphVersion } from "./graph-version.js";
import { isModule } from "./modules/imports.js";
import type { ModuleSnapshots } from "./modules/module-snapshots.js";

/** What graphs are read with. */
export interface FileGraphOptions {
  /** The folder that graphs must lie in. */
  readonly workspace: string;
  /** The modules that graphs run. Absent: nothing is known of them, as where handlers are functions in process. */
  readonly modules?: ModuleSnapshots;
  /** Makes the absolute path of a module that a document of `folder` names. Default: from that folder. */
  readonly resolve?: (folder: string, path: string) => string;
  /** The newest good state of a document that somebody edits; undefined: the file counts. */
  readonly edited?: (file: string) => Compiled | undefined;
}

/** Graphs in files, each read and compiled once for each text that it has. */
export class FileGraphs {
  readonly #options: FileGraphOptions;
  readonly #parsed = new Map<string, ParsedDocument>();
  /** Documents in their last good state, compiled with the modules that they run and without the graphs. */
  readonly #good = new Map<string, Compiled>();
  readonly #versions = new Map<string, { readonly of: Plan; readonly version: GraphVersion }>();

  constructor(options: FileGraphOptions) {
    this.#options = options;
  }

  /** The graphs that documents of a folder name. */
  of(folder: string): GraphSource {
    return {
      load: (path, version) =>
        version instanceof GraphVersion ? { ok: true, graph: version.graph } : this.#load(resolve(folder, path), path),
    };
  }

  /** The files that nodes of documents of a folder run: modules and graphs. */
  files(folder: string): FileSource {
    const { modules } = this.#options;
    return {
      version: this.#lookup(folder),
      fault: (path) => {
        const file = resolve(folder, path);
        return isModule(path) ? modules?.fault(file) : this.#fault(file, path);
      },
    };
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
    const refusal = this.#refusal(path, named);
    const version = refusal === undefined ? this.#version(path) : undefined;
    return version === undefined ? (refusal ?? unread("missing", named)) : { ok: true, graph: version.graph };
  }

  /** Why the graph at a path cannot be run as it is. */
  #refusal(path: string, named: string): Extract<GraphLookup, { ok: false }> | undefined {
    if (this.#locate(path) === null) return unread("outside", named);
    if (this.#options.edited?.(path) !== undefined) return undefined;
    const other = this.look(path);
    if (other.found !== "file") return unread(other.found, named);
    return other.document.valid ? undefined : refused("GRAPH_INVALID", invalid(named, other.document), named);
  }

  /** Nothing where no earlier version is there to stay in force. */
  #fault(path: string, named: string): ErrorInfo | undefined {
    return this.#good.has(path) ? this.#refusal(path, named)?.error : undefined;
  }

  #lookup(folder: string): FileVersions {
    return (path) => (isModule(path) ? this.#options.modules?.version(resolve(folder, path)) : this.#version(resolve(folder, path)));
  }

  /** Its modules only. */
  #moduleLookup(folder: string): FileVersions {
    const { modules } = this.#options;
    return (path) => (isModule(path) ? modules?.version(resolve(folder, path)) : undefined);
  }

  /** The version of the graph in a file; the same object as long as it is the same. */
  #version(file: string): GraphVersion | undefined {
    const own = this.#state(file);
    if (own === undefined) return undefined;
    const name = this.#versionName(file);
    const before = this.#versions.get(file);
    if (before?.of === own.plan && before.version.version === name) return before.version;
    const inside = new Map<string, GraphVersion>();
    const version = new GraphVersion(name, () => this.#sourced(file, own, inside));
    this.#versions.set(file, { of: own.plan, version }); // before it is asked for again by itself
    for (const path of graphsOf(own.plan)) {
      const found = this.#version(resolve(dirname(file), path));
      if (found !== undefined) inside.set(path, found);
    }
    return version;
  }

  /** Invariant 1. */
  #versionName(file: string): string {
    const lines: string[] = [];
    const reached = new Set([file]);
    for (const each of reached) {
      const state = this.#state(each);
      lines.push(`${relative(dirname(file), each).split(sep).join("/")} ${state === undefined ? "" : ownRevision(state.plan)}\n`);
      for (const path of state === undefined ? [] : graphsOf(state.plan)) reached.add(resolve(dirname(each), path)); // a set grows while it is walked
    }
    return createHash("sha256").update(lines.sort().join("")).digest("hex").slice(0, 32);
  }

  /** A document that is edited as its compiler has it; another one in its last good state (invariant 2). */
  #state(path: string): Compiled | undefined {
    const edited = this.#locate(path) === null ? undefined : this.#options.edited?.(path);
    if (edited !== undefined) return edited;
    const modules = this.#moduleLookup(dirname(path));
    const before = this.#good.get(path);
    const other = this.look(path);
    const document = other.found === "file" && other.document.valid ? other.document : before?.document;
    if (document === undefined) return undefined;
    const isSame = document === before?.document;
    const good = isSame ? renewed(before, modules) : { document, plan: compileGraph(document.graph, modules) };
    this.#good.set(path, good);
    return good;
  }

  /** `inside`: the graphs that it runs, in the versions that are part of its own. */
  #sourced(file: string, state: Compiled, inside: ReadonlyMap<string, GraphVersion>): SourcedGraph {
    const folder = dirname(file);
    const { resolve: from = resolve } = this.#options;
    const { plan, document } = renewed(state, (path) => (isModule(path) ? state.plan.files.get(path) : inside.get(path)));
    return { name: basename(file), plan, document, resolve: (path: string) => from(folder, path), graphs: this.of(folder) };
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

/** The same graph with the files that it runs as they are now. */
function renewed(state: Compiled, files: FileVersions): Compiled {
  const changes = diffFiles(state.plan, files);
  if (changes.length === 0) return state;
  return { ...state, plan: patchPlan(state.plan, changes, state.document.graph.nodes, files).plan };
}

/** Paths of the graphs that a plan runs. */
function graphsOf({ users }: Plan): readonly string[] {
  return [...users.keys()].filter((path) => !isModule(path));
}

/** The revision of a plan but for the graphs that it runs. */
function ownRevision({ revision, files }: Plan): string {
  return revisionWithout(
    revision,
    [...files].filter(([path]) => !isModule(path)),
  );
}

function invalid(named: string, { problems }: ParsedDocument): string {
  const [first, ...others] = problems.filter(({ severity }) => severity === "error");
  return `The graph "${named}" has errors: ${first?.message ?? ""}${others.length === 0 ? "" : ` And ${others.length} more.`}`;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function unread(found: "missing" | "outside", named: string): Extract<GraphLookup, { ok: false }> {
  return found === "missing"
    ? refused("GRAPH_MISSING", `There is no file for the graph "${named}".`, named)
    : refused("GRAPH_OUTSIDE", `The graph "${named}" is outside the folder of the workspace.`, named);
}

function refused(code: ErrorCode, message: string, graph: string): Extract<GraphLookup, { ok: false }> {
  return { ok: false, error: errorInfo(code, message, { graph }) };
}

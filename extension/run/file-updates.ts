// Files that graphs run, from the disk into the plans of the open graphs.
//
// 1. Only what is saved counts: nothing here sees an unsaved edit of a module.
// 2. One refresh after the other; a graph is told of those files only that it runs.
import { extname, join } from "node:path";
import { pathsIn } from "../../runtime/compile/diff-files.js";
import type { GraphCompiler } from "../../runtime/compile/graph-compiler.js";
import { exportsUsed } from "../../runtime/compile/node-files.js";
import type { ErrorInfo } from "../../runtime/errors.js";
import { isModule } from "../../runtime/platform/modules/imports.js";
import { lostExport } from "../../runtime/platform/modules/lost-export.js";
import type { ModuleSnapshot } from "../../runtime/platform/modules/module-snapshot.js";
import type { ModuleCheck, ModuleSnapshots } from "../../runtime/platform/modules/module-snapshots.js";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";

/** Milliseconds of quiet after a save: what saves all files saves one after the other. */
const QUIET_MS = 50;

/** An open graph, as far as its files go. */
export interface FileUser {
  readonly source: { readonly directory: string | undefined };
  readonly compiler: GraphCompiler;
  onDidCompile(listener: () => void): Disposable;
}

/** What updates work with. */
export interface UpdateServices {
  readonly clock: Clock;
  readonly users: () => readonly FileUser[];
  /** Every folder that modules stay in, with its modules. */
  readonly workspaces: () => Iterable<readonly [workspace: string, modules: ModuleSnapshots]>;
  /** Looks at a module without running it. */
  readonly check: (workspace: string, snapshot: ModuleSnapshot) => Promise<ErrorInfo | undefined>;
}

/** A file that cannot be loaded as it is; absent fault: it can again. */
export interface FileFault {
  /** Absolute. */
  readonly path: string;
  readonly fault: ErrorInfo | undefined;
}

/** Takes what happens to files into the plans of open graphs. */
export class FileUpdates implements Disposable {
  readonly #services: UpdateServices;
  readonly #held = new DisposableStore();
  readonly #updated = this.#held.add(new Emitter<readonly FileFault[]>());
  readonly #touched = new Set<string>();
  #cancel = (): void => {};
  #isTelling = false;

  /** Versions or faults of modules have changed, and the graphs know. */
  readonly onDidUpdate = this.#updated.event;

  constructor(services: UpdateServices) {
    this.#services = services;
    this.#held.defer(() => this.#cancel());
  }

  /** A file or a folder was saved, changed, has come or is gone. */
  touched(path: string): void {
    this.#touched.add(path);
    this.#cancel();
    this.#cancel = this.#services.clock.after(QUIET_MS, () => void this.#take([...this.#touched]));
  }

  /** Looks at all files now; resolves when the plans know: what was saved before is what runs after. */
  settle(): Promise<void> {
    return this.#take(undefined);
  }

  /** A graph that others may run: they are told when it has a new plan. */
  follow(user: FileUser): void {
    this.#held.add(user.onDidCompile(() => this.#tellOfGraphs()));
  }

  dispose(): void {
    this.#held.dispose();
  }

  async #take(changed: readonly string[] | undefined): Promise<void> {
    this.#cancel();
    this.#touched.clear();
    const told: FileFault[] = [];
    for (const [workspace, modules] of this.#services.workspaces()) {
      for (const path of await modules.refresh(this.#check(workspace), changed)) told.push({ path, fault: modules.fault(path) });
    }
    const paths = new Set(told.map(({ path }) => path));
    const graphsToo = changed === undefined || paths.size > 0 || changed.some(mayHoldGraphs);
    for (const user of this.#services.users()) tell(user, (path, name) => (isModule(name) ? paths.has(path) : graphsToo));
    if (told.length > 0) this.#updated.fire(told);
  }

  #check(workspace: string): ModuleCheck {
    return async (path, snapshot) => (await this.#services.check(workspace, snapshot)) ?? lostExport(snapshot, this.#used(path));
  }

  /** The exports of a module that open graphs use. */
  #used(path: string): ReadonlySet<string> {
    const used = new Set<string>();
    for (const { compiler, source } of this.#services.users()) {
      const plan = compiler.current?.plan;
      const { directory } = source;
      if (plan === undefined || directory === undefined) continue;
      for (const name of pathsIn(plan)) if (join(directory, name) === path) for (const each of exportsUsed(plan, name)) used.add(each);
    }
    return used;
  }

  /** What one graph's plan has become may be another version for a graph that runs it, and so on: until nothing changes. */
  #tellOfGraphs(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let told = true; told;) {
        told = false;
        for (const user of this.#services.users()) {
          const before = user.compiler.current?.plan;
          tell(user, (_path, name) => !isModule(name));
          told ||= user.compiler.current?.plan !== before;
        }
      }
    } finally {
      this.#isTelling = false;
    }
  }
}

/** A graph, or a folder with some. */
function mayHoldGraphs(path: string): boolean {
  return path.endsWith(".patchbay.json") || extname(path) === "";
}

/** Tells a graph of those of its files that are concerned. */
function tell({ compiler, source: { directory } }: FileUser, concerns: (path: string, name: string) => boolean): void {
  const plan = compiler.current?.plan;
  if (plan === undefined || directory === undefined) return;
  const paths = [...pathsIn(plan)].filter((name) => concerns(join(directory, name), name));
  if (paths.length > 0) compiler.filesChanged(paths);
}

import type { ChannelProgram } from "../channels/channel-program.js";
import type { FileVersion, FileVersions } from "../model/file-version.js";
import type { NodeDef } from "../model/graph.js";
import type { ChannelName, NodeId } from "../model/ids.js";
import { Table } from "../model/table.js";
import type { Plan } from "../plan/plan.js";
import type { Change } from "./change.js";
import { pathsOf, reducerPath } from "./node-files.js";
import { compileChannel } from "./programs.js";
import { fileDigest, type Digest } from "./revision.js";

/** The files of a plan that is being patched. A file in use stays in the version that the plan has, but for changes of the file. */
export class FilesDraft {
  readonly #lookup: FileVersions;
  #files: Table<FileVersion>;
  #users: Table<Table<true>>;
  #channels: ReadonlyMap<ChannelName, ChannelProgram>;
  #sum: Digest = 0n;

  constructor(plan: Plan, lookup: FileVersions) {
    this.#lookup = lookup;
    this.#files = plan.files;
    this.#users = plan.users;
    this.#channels = plan.channels;
  }

  /** What the parts of the plan that it keeps have become. */
  get parts(): Pick<Plan, "files" | "users" | "channels"> {
    return { files: this.#files, users: this.#users, channels: this.#channels };
  }

  /** What the files add to the plan's sum. */
  get sum(): Digest {
    return this.#sum;
  }

  readonly of: FileVersions = (path) => this.#files.get(path) ?? (this.#isUsed(path) ? undefined : this.#lookup(path));

  /** Takes a changed file; returns the nodes that run it. Reducers that it has are made anew. */
  change({ id: path, after }: Extract<Change, { entity: "file" }>): Iterable<NodeId> {
    this.#put(path, after);
    const changed = [...this.#channels].filter(([, { def }]) => reducerPath(def) === path);
    if (changed.length > 0) {
      const made = new Map(changed.map(([name, { def }]) => [name, compileChannel(def, this.of)]));
      this.#channels = new Map([...this.#channels].map(([name, program]) => [name, made.get(name) ?? program]));
    }
    return this.#users.get(path)?.keys() ?? [];
  }

  /** A node runs other files than before. */
  move(before: NodeDef, after: NodeDef): void {
    const [old, now] = [pathsOf(before), pathsOf(after)];
    for (const path of old) if (!now.includes(path)) this.#leave(path, before.id);
    for (const path of now) if (!old.includes(path)) this.#join(path, after.id);
  }

  #join(path: string, node: NodeId): void {
    if (!this.#isUsed(path)) this.#put(path, this.#lookup(path));
    this.#users = this.#users.set(path, (this.#users.get(path) ?? Table.empty<true>()).set(node, true));
  }

  #leave(path: string, node: NodeId): void {
    const left = (this.#users.get(path) ?? Table.empty<true>()).delete(node);
    this.#users = left.size === 0 ? this.#users.delete(path) : this.#users.set(path, left);
    if (!this.#isUsed(path)) this.#put(path, undefined);
  }

  #put(path: string, file: FileVersion | undefined): void {
    const before = this.#files.get(path);
    if (before !== undefined) this.#sum -= fileDigest(path, before);
    if (file !== undefined) this.#sum += fileDigest(path, file);
    this.#files = file === undefined ? this.#files.delete(path) : this.#files.set(path, file);
  }

  #isUsed(path: string): boolean {
    return this.#users.has(path) || [...this.#channels.values()].some(({ def }) => reducerPath(def) === path);
  }
}

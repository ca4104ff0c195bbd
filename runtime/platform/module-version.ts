// Whether a module, or one that it imports, has changed: read from the files, as running them only to ask is out of the question.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Anything written like a path from here: what is none costs a look at the disk, and no import is missed. */
const RELATIVE = /["'`](\.\.?\/[^"'`\n]+)["'`]/g;

interface Known {
  readonly stamp: string;
  readonly imports: readonly string[];
}

/** Tells the versions of modules; a file is read again only when its time or size has changed. */
export class ModuleVersions {
  readonly #known = new Map<string, Known>();

  /** Another text for each state of the file and of all that it leads to by relative imports. `file` is an absolute path. */
  of(file: string): string {
    const reached = new Set([file]);
    const hash = createHash("sha256");
    for (const each of reached) {
      const { stamp, imports } = this.#look(each);
      hash.update(`${each}\0${stamp}\0`);
      for (const next of imports) reached.add(next); // a set grows while it is walked
    }
    return hash.digest("hex");
  }

  #look(file: string): Known {
    const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
    const stamp = stats?.isFile() === true ? `${stats.mtimeNs}:${stats.size}` : "gone";
    const before = this.#known.get(file);
    if (before?.stamp === stamp) return before;
    const known = { stamp, imports: stamp === "gone" ? [] : importsOf(file) };
    this.#known.set(file, known);
    return known;
  }
}

function importsOf(file: string): readonly string[] {
  const found = [...readFileSync(file, "utf8").matchAll(RELATIVE)].flatMap(([, path = ""]) => candidates(resolve(dirname(file), path)));
  return found.filter((each) => statSync(each, { throwIfNoEntry: false })?.isFile() === true);
}

/** The files that an import may mean, as handler processes resolve them. */
function candidates(path: string): readonly string[] {
  const [, stem = "", kind = ""] = /^(.*)\.([mc]?)js$/.exec(path) ?? [];
  const source = stem === "" ? [] : [`${stem}.${kind}ts`];
  return [path, ...source, `${path}.ts`, `${path}.js`, `${path}/index.ts`, `${path}/index.js`];
}

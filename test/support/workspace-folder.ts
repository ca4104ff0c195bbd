import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { graphText, type ShortGraph } from "./graph-text.js";

/** A folder with files, which is gone when it is removed. */
export class WorkspaceFolder {
  readonly path = mkdtempSync(join(tmpdir(), "patchbay-workspace-"));

  /** Writes a file; its absolute path. */
  write(name: string, text: string): string {
    const path = this.at(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  graph(name: string, graph: ShortGraph): string {
    return this.write(`${name}.patchbay.json`, graphText(graph));
  }

  at(name: string): string {
    return join(this.path, name);
  }

  remove(name?: string): void {
    rmSync(name === undefined ? this.path : this.at(name), { recursive: true, force: true });
  }
}

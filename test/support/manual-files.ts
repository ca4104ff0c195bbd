import type { ErrorInfo } from "../../runtime/index.js";
import type { FileVersion } from "../../runtime/model/file-version.js";
import type { FileSource } from "../../runtime/ports.js";

/** Files that a test saves, by the path that documents have for them. A version called `command` leaves room for commands. */
export class ManualFiles implements FileSource {
  readonly #versions = new Map<string, FileVersion>();
  readonly #faults = new Map<string, ErrorInfo>();

  save(path: string, version: string | undefined): void {
    this.#faults.delete(path);
    if (version === undefined) this.#versions.delete(path);
    else if (this.#versions.get(path)?.version !== version) this.#versions.set(path, { version, commands: version === "command" });
  }

  break(path: string, fault: ErrorInfo): void {
    this.#faults.set(path, fault);
  }

  version(path: string): FileVersion | undefined {
    return this.#versions.get(path);
  }

  fault(path: string): ErrorInfo | undefined {
    return this.#faults.get(path);
  }
}

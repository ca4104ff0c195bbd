import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PatchbayError } from "../errors.js";
import type { Scratch, ScratchPlace } from "../ports.js";

interface OpenFile {
  readonly folder: string;
  readonly file: number;
  end: number;
}

/** A scratch in a file of its own, among the temporary files of the system: it is there from the first piece until `clear`. */
export class ScratchFile implements Scratch {
  #open: OpenFile | undefined;

  write(text: string): ScratchPlace {
    return orStore("written", () => {
      const open = (this.#open ??= begin());
      const bytes = Buffer.from(text);
      const start = open.end;
      for (let done = 0; done < bytes.length;) done += writeSync(open.file, bytes, done, bytes.length - done, start + done);
      open.end += bytes.length;
      return { start, length: bytes.length };
    });
  }

  read({ start, length }: ScratchPlace): string {
    return orStore("read", () => {
      const open = (this.#open ??= begin());
      const bytes = Buffer.alloc(length);
      for (let done = 0; done < length;) {
        const count = readSync(open.file, bytes, done, length - done, start + done);
        if (count === 0) throw new Error("It is shorter than it was.");
        done += count;
      }
      return bytes.toString();
    });
  }

  clear(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    closeSync(open.file);
    rmSync(open.folder, { recursive: true, force: true });
  }
}

function begin(): OpenFile {
  const folder = mkdtempSync(join(tmpdir(), "patchbay-trace-"));
  return { folder, file: openSync(join(folder, "events"), "wx+", 0o600), end: 0 };
}

function orStore<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    throw new PatchbayError("STORE", `A temporary file for trace events cannot be ${what}.`, {}, thrown);
  }
}

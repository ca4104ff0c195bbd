import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { CliIo } from "../../../runtime/cli/io.js";
import { main } from "../../../runtime/cli/main.js";
import { targets } from "../../../scripts/build/targets.mjs";

/** The project's own folder. */
export const projectFolder = fileURLToPath(new URL("../../../", import.meta.url));

/** Where the graphs are that these tests run. */
export const graphsFolder = join(projectFolder, "test/fixtures/graphs");

/** What a command left behind. */
export interface Finished {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A new empty folder. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "patchbay-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Calls the command within this process. Handlers cannot run: for graphs without code nodes, and everything that fails before. */
export async function call(argv: readonly string[], options: { readonly cwd?: string; readonly stdin?: string } = {}): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  const io: CliIo = {
    cwd: options.cwd ?? graphsFolder,
    handlerEntry: "/nowhere/handler-process.mjs",
    layoutEntry: "/nowhere/layout-thread.mjs",
    out: (text) => (stdout += text),
    outStream: () => new Writable({ write: (chunk: Buffer, _encoding, done) => ((stdout += chunk.toString("latin1")), done()) }),
    err: (text) => (stderr += text),
    readStdin: () => Promise.resolve(options.stdin ?? ""),
    onInterrupt: () => () => undefined,
    kill: () => undefined,
  };
  const status = await main(argv, io);
  return { status, stdout, stderr };
}

/** The command as users get it, built into a folder of its own. */
export class BuiltCommand {
  readonly #folder: ReturnType<typeof temporaryFolder>;

  private constructor(folder: ReturnType<typeof temporaryFolder>) {
    this.#folder = folder;
  }

  static async build(): Promise<BuiltCommand> {
    const folder = temporaryFolder();
    for (const name of ["cli", "launcher", "handler-process", "layout-thread"]) {
      await build({ ...targets[name], absWorkingDir: projectFolder, outdir: folder.path, sourcemap: false });
    }
    return new BuiltCommand(folder);
  }

  /** The script that Node.js runs. */
  get path(): string {
    return join(this.#folder.path, "cli.js");
  }

  /** Starts `patchbay` as a process of its own. */
  start(argv: readonly string[], cwd: string): { readonly child: ChildProcess; readonly finished: Promise<Finished> } {
    const child = spawn(process.execPath, [this.path, ...argv], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
    const finished = new Promise<Finished>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ status: code ?? (signal === "SIGKILL" ? 137 : -1), ...output }));
    });
    return { child, finished };
  }

  run(argv: readonly string[], cwd: string): Promise<Finished> {
    return this.start(argv, cwd).finished;
  }

  remove(): void {
    this.#folder.remove();
  }
}

import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFolder, temporaryFolder } from "../cli/command-line.js";

/** What the compiler says of one line. */
export interface Diagnostic {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** The settings that find the most. */
export const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: false,
  target: "es2024",
  lib: ["es2024", "dom"],
  module: "preserve",
  moduleDetection: "force",
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  types: [],
};

/** Compiles files with the repository's TypeScript, all in one run and with these settings only. */
export async function compile(files: Readonly<Record<string, string>>, options: object = strictest): Promise<readonly Diagnostic[]> {
  const folder = temporaryFolder();
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    // Without the declaration files: they are found by being imported, as in a project.
    const roots = Object.keys(files).filter((name) => /(?<!\.d)\.[cm]?[jt]s$/.test(name));
    writeFileSync(join(folder.path, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...options, noEmit: true }, files: roots }));
    return diagnosticsOf(await typeScript(folder.path));
  } finally {
    folder.remove();
  }
}

function typeScript(folder: string): Promise<string> {
  const tsc = join(projectFolder, "node_modules/typescript/bin/tsc");
  const argv = [tsc, "-p", folder, "--pretty", "false"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, argv, { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error !== null && stdout === "") reject(new Error(`tsc failed: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}

function diagnosticsOf(output: string): readonly Diagnostic[] {
  return output.split("\n").flatMap((text) => {
    if (text === "" || text.startsWith(" ")) return [];
    const [, file, line, code, message] = /^(.+)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(text) ?? [];
    if (file === undefined || code === undefined || message === undefined) return [{ file: "", line: 0, code: "", message: text }];
    return [{ file, line: Number(line), code, message }];
  });
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const IGNORE = ".gitignore";
const IGNORED = `# Runs stay out of git. Types of handlers and snippets belong to the project: with types in git a fresh clone has no unknown names.
/*
!/types/
!/snippets/
`;

/** What versions before wrote. */
const WRITTEN_BEFORE: readonly (string | undefined)[] = [
  "*\n",
  `# Runs stay out of git. Types of handlers belong to the project: with them in git a fresh clone has no unknown names.
/*
!/types/
`,
];

/**
 * Makes a store's folder where there is none, so that git leaves out what runs leave there: also where git has brought the types
 * alone. Throws what the file system throws.
 */
export function makeStoreHome(folder: string): void {
  const made = mkdirSync(folder, { recursive: true }) !== undefined;
  const ignore = join(folder, IGNORE);
  if (made || (existsSync(join(folder, "types")) && !existsSync(ignore))) writeFileSync(ignore, IGNORED);
}

/** The same for a folder that holds types or snippets, which git is to see; what somebody has written there stays. */
export function makeSharedHome(folder: string): void {
  makeStoreHome(folder);
  const path = join(folder, IGNORE);
  if (WRITTEN_BEFORE.includes(textOf(path))) writeFileSync(path, IGNORED);
}

/** The text of a file; undefined where there is none. Throws what else the file system throws. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

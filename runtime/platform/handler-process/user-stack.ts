import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in the user's code; line and column count from 1, the file is relative to the workspace, with `/`. */
export interface UserPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const URL_IN_FRAME = /file:\/\/\/?[^\s()]+?(?=:\d+:\d+\)?$)/;
const PLACE = /\(?([^()\s][^()]*?):(\d+):(\d+)\)?$/;

/** Where code comes from: what is the user's, and what is ours and of no interest. */
export interface Origin {
  /** Absolute path of the folder of the user's files. */
  readonly workspace: string;
  /** URL of a program whose frames are left out. */
  readonly omit?: string;
}

/** The stack of something that user code threw: paths instead of URLs, without the frames of Node.js and of this process. Causes follow. */
export function userStack(thrown: unknown, origin: Origin): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const own = cleanStack(String(thrown.stack ?? thrown), origin);
  const cause = thrown.cause === thrown ? undefined : userStack(thrown.cause, origin);
  return cause === undefined ? own : `${own}\nCaused by: ${cause}`;
}

/** The first frame of a clean stack that lies in the workspace and in no package. */
export function userPlace(stack: string | undefined, { workspace }: Origin): UserPlace | undefined {
  for (const line of (stack ?? "").split("\n")) {
    const [, file, row, column] = /^\s+at /.test(line) ? (PLACE.exec(line.replace(/^\s+at (async )?(.*\()?/, "")) ?? []) : [];
    if (file === undefined || !file.startsWith(`${workspace}${sep}`) || file.includes(`${sep}node_modules${sep}`)) continue;
    return { file: workspacePath(file, workspace), line: Number(row), column: Number(column) };
  }
  return undefined;
}

/** A path as people name it: relative to the workspace, with `/`. */
export function workspacePath(file: string, workspace: string): string {
  return relative(workspace, file).split(sep).join("/");
}

function cleanStack(stack: string, { omit }: Origin): string {
  return stack
    .split("\n")
    .filter((line) => !/^\s+at /.test(line) || !(line.includes("node:internal/") || (omit !== undefined && line.includes(omit))))
    .map(cleanFrame)
    .join("\n");
}

function cleanFrame(line: string): string {
  return line.replace(URL_IN_FRAME, (url) => {
    try {
      return fileURLToPath(url.replace(/\?.*$/, ""));
    } catch {
      return url;
    }
  });
}

import { version } from "../../package.json";
import { PatchbayError, type ErrorCode } from "../errors.js";
import { readArguments } from "./arguments.js";
import { bench } from "./bench.js";
import { blame } from "./blame.js";
import { checkpoints } from "./checkpoints.js";
import { certify } from "./certify.js";
import type { Command } from "./command.js";
import { compile } from "./compile.js";
import { diff } from "./diff.js";
import { exportPicture } from "./export-picture.js";
import { exit } from "./exit.js";
import { fork } from "./fork.js";
import { commandHelp, overview } from "./help.js";
import type { CliIo } from "./io.js";
import { layout } from "./layout.js";
import { merge } from "./merge.js";
import { processIo } from "./process-io.js";
import { restore } from "./restore.js";
import { resume } from "./resume.js";
import { run } from "./run.js";
import { runs } from "./runs.js";
import { stats } from "./stats.js";
import { storeExport } from "./store-export.js";
import { storeImport } from "./store-import.js";
import { storePrune } from "./store-prune.js";
import { storeVerify } from "./store-verify.js";
import { trace } from "./trace.js";
import { types } from "./types.js";
import { validate } from "./validate.js";

const commands: readonly Command[] = [
  run,
  resume,
  validate,
  compile,
  runs,
  checkpoints,
  restore,
  fork,
  certify,
  trace,
  stats,
  blame,
  storeVerify,
  storeExport,
  storeImport,
  storePrune,
  bench,
  types,
  diff,
  merge,
  layout,
  exportPicture,
];

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Errors that are the caller's, told by their code. */
const callersFault: ReadonlySet<ErrorCode> = new Set([
  "USAGE",
  "INPUT_INVALID",
  "DECISION_INVALID",
  "NOT_FOUND",
  "RUN_FINISHED",
  "RUN_EXISTS",
]);

/** The `patchbay` command: `argv` are its arguments, the answer is its exit status. Never rejects. */
export async function main(argv: readonly string[], io: CliIo = processIo()): Promise<number> {
  // A process with nothing left to wait for ends with status 0, whatever is still awaited here.
  const awake = setInterval(() => undefined, LONGEST_TIMER_MS);
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return fail(error, io);
  } finally {
    clearInterval(awake);
  }
}

async function dispatch(argv: readonly string[], io: CliIo): Promise<number> {
  const [name] = argv;
  if (name === "--version") return say(io, `${version}\n`);
  if (name === "--help" || name === "help") return say(io, overview(commands));
  if (name === undefined) {
    io.err(overview(commands));
    return exit.usage;
  }
  const command = commands.find((candidate) => candidate.name === argv.slice(0, wordsOf(candidate)).join(" "));
  const family = commands.filter((candidate) => candidate.name.startsWith(`${name} `));
  if (command === undefined && family.length > 0 && argv[1] === "--help") return say(io, overview(family));
  if (command === undefined) {
    const known = commands.map((candidate) => candidate.name).join(", ");
    const meant = family.length > 0 ? argv.slice(0, 2).join(" ") : name;
    throw new PatchbayError("USAGE", `patchbay has no command "${meant}". It has ${known}. See \`patchbay --help\`.`);
  }
  const rest = argv.slice(wordsOf(command));
  const options = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  if (options.includes("--help")) return say(io, commandHelp(command));
  return command.run(readArguments(command, rest), io);
}

/** Commands of a family have two: \`store verify\`. */
function wordsOf(command: Command): number {
  return command.name.split(" ").length;
}

function say(io: CliIo, text: string): number {
  io.out(text);
  return exit.ok;
}

function fail(error: unknown, io: CliIo): number {
  if (!(error instanceof PatchbayError)) {
    io.err(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exit.failed;
  }
  // A usage error says in its own words what to do.
  io.err(error.code === "USAGE" ? `error: ${error.message}\n` : `error: ${error.code} ${error.message}\n  ${error.next}\n`);
  return callersFault.has(error.code) ? exit.usage : exit.failed;
}

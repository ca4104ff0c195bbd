import type { CliIo } from "./io.js";
import type { Arguments } from "./arguments.js";

/** One option of a command, as help and parsing need it. */
export interface Option {
  /** What stands for its value in help; absent: the option takes none. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  readonly help: string;
}

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The arguments beside options, as usage shows them; three dots at the end of the last: one or more; brackets: it may be left out. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** What help says beyond the options. */
  readonly notes?: string;
  /** Does the work; gives the exit status. Throws `PatchbayError`. */
  run(given: Arguments, io: CliIo): number | Promise<number>;
}

/** Options that several commands share. */
export const common = {
  json: { help: "Print one JSON object on stdout and nothing else there." },
  store: { value: "DIR", help: "The folder that holds patchbay.db." },
} as const satisfies Record<string, Option>;

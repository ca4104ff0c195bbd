import { parseArgs } from "node:util";
import { PatchbayError } from "../errors.js";
import type { Command, Option } from "./command.js";

/** What a command was given, checked against what it takes. */
export interface Arguments {
  readonly operands: readonly string[];
  /** Whether an option without a value was given. */
  has(name: string): boolean;
  /** The value of an option; undefined when it was not given. */
  value(name: string): string | undefined;
  /** The value of an option that takes one of these; undefined when it was not given. Throws `USAGE` for another. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined;
  /** The values of an option that may be repeated, in order. */
  values(name: string): readonly string[];
}

/** Reads a command's arguments. Throws `USAGE`, saying what is wrong and what would do. */
export function readArguments(command: Command, argv: readonly string[]): Arguments {
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokensOf(command, argv)) {
    if (token.kind === "positional") operands.push(token.value);
    else if (token.kind === "option") take(command, token, given);
  }
  checkOperands(command, operands);
  return {
    operands,
    has: (name) => given.has(name),
    value: (name) => given.get(name)?.at(-1),
    choice: (name, choices) => choiceOf(name, given.get(name)?.at(-1), choices),
    values: (name) => given.get(name) ?? [],
  };
}

function choiceOf<Choice extends string>(name: string, value: string | undefined, choices: readonly Choice[]): Choice | undefined {
  const chosen = choices.find((choice) => choice === value);
  if (value === undefined || chosen !== undefined) return chosen;
  throw new PatchbayError("USAGE", `--${name} ${value}: give ${choices.slice(0, -1).join(", ")} or ${choices.at(-1) ?? ""}.`);
}

/** The first argument of a command that takes one; `readArguments` has checked that it is there. */
export function firstOperand(given: Arguments): string {
  const [first] = given.operands;
  if (first === undefined) throw new Error("The command declares no argument.");
  return first;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function tokensOf(command: Command, argv: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [
      name,
      { type: option.value === undefined ? "boolean" : "string", multiple: true } as const,
    ]),
  );
  // Not strict, so that the messages below are ours and name the command's own options.
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function take(command: Command, token: OptionToken, given: Map<string, string[]>): void {
  const option = Object.hasOwn(command.options, token.name) && token.rawName.startsWith("--") ? command.options[token.name] : undefined;
  if (option === undefined) throw usage(command, `${token.rawName} is no option of it.`);
  const value = valueOf(command, token, option);
  const before = given.get(token.name);
  if (before !== undefined && option.multiple !== true) throw usage(command, `${token.rawName} is given twice.`);
  given.set(token.name, value === undefined ? [] : [...(before ?? []), value]);
}

function valueOf(command: Command, token: OptionToken, option: Option): string | undefined {
  if (option.value === undefined) {
    if (token.value !== undefined) throw usage(command, `${token.rawName} takes no value.`);
    return undefined;
  }
  // `--input --json` is a forgotten value; `--input=--json` is meant.
  const forgotten = token.value === undefined || token.value === "" || (token.inlineValue !== true && token.value.startsWith("--"));
  if (forgotten) throw usage(command, `${token.rawName} needs a value: ${token.rawName} ${option.value}.`);
  return token.value;
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const missing = command.operands[operands.length];
  if (missing !== undefined && !missing.startsWith("[")) throw usage(command, `${missing.replace("…", "")} is missing.`);
  const extra = operands[command.operands.length];
  if (extra !== undefined && !/…\]?$/.test(command.operands.at(-1) ?? "")) throw usage(command, `"${extra}" is one argument too many.`);
}

function usage(command: Command, message: string): PatchbayError {
  return new PatchbayError("USAGE", `patchbay ${command.name}: ${message} See \`patchbay ${command.name} --help\`.`);
}

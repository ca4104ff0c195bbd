import type { Command, Option } from "./command.js";

/** Help for the whole command line. */
export function overview(commands: readonly Command[]): string {
  return [
    "patchbay: run graphs, step back, go on.",
    "",
    "Usage: patchbay COMMAND …",
    "",
    ...columns(commands.map((command) => [command.name, command.summary])),
    "",
    "`patchbay COMMAND --help` says more; `patchbay --version` the version.",
    "Exit status: 0 completed, 10 paused, 1 failed, 2 bad usage or bad graph, 130 cancelled.",
    "",
  ].join("\n");
}

/** Help for one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]): [string, string] => [optionForm(name, option), option.help]);
  return [
    `Usage: patchbay ${[command.name, ...command.operands, ...usageOptions(command)].join(" ")}`,
    "",
    command.summary,
    "",
    ...columns([...options, ["--help", "Say this."]]),
    ...(command.notes === undefined ? [] : ["", command.notes]),
    "",
  ].join("\n");
}

function usageOptions(command: Command): string[] {
  return Object.entries(command.options).map(([name, option]) => `[${optionForm(name, option)}]${option.multiple === true ? "…" : ""}`);
}

function optionForm(name: string, option: Option): string {
  return option.value === undefined ? `--${name}` : `--${name} ${option.value}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

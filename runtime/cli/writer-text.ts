import type { Writer } from "../blame/writer.js";
import { oneLine } from "./trace-line.js";

/** Who wrote, in a few words. */
export function writerText(writer: Writer): string {
  return oneLine(textOf(writer));
}

function textOf(writer: Writer): string {
  const { kind, node = "", task, actor, modules = [], revision } = writer;
  switch (kind) {
    case "task":
      return [task ?? node, ...factsOf(writer)].join(", ");
    case "input":
      return by("input", actor);
    case "written-as":
      return by(`written as ${node}`, actor);
    case "edit":
      return by("edit", actor);
    case "migration":
      return `migration ${modules.map((module) => module.slice(module.lastIndexOf("/") + 1)).join(" ")}`;
    case "graph":
      return by(`graph ${revision ?? ""}`, actor);
    case "end":
      return "its superstep was over";
    case "outer":
      return `the run around it, ${task ?? ""}`;
    case "start":
      return "the start of the run";
    case "default":
      return "default";
    case "deleted":
      return "deleted checkpoints";
  }
}

function factsOf({ decisions = [], replayed }: Writer): readonly string[] {
  const decided = decisions.map(({ action, actor }) => by(action, actor));
  return replayed === undefined ? decided : [...decided, `replayed from ${replayed}`];
}

function by(what: string, actor: string | undefined): string {
  return actor === undefined || actor === "" ? what : `${what} by ${actor}`;
}

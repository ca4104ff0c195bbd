import { defaultLimits, type CompileSettings, type Limits } from "../model/graph.js";
import { Fields } from "./fields.js";
import type { ObjectNode } from "./json-tree.js";
import { parseDuration, parseSize } from "./quantities.js";
import type { LocalProblem } from "./reading.js";

/** What a document says about itself beside its entries, with defaults for what it does not say or says wrongly. */
export interface Settings {
  readonly title: string;
  readonly compile: CompileSettings;
  readonly limits: Limits;
}

/** Settings of a document that says nothing. */
export const defaultSettings: Settings = {
  title: "",
  compile: { strategy: "auto", sizeThreshold: 1, staleAfterMs: 2_000, staleMinEdits: 1 },
  limits: defaultLimits,
};

const laterPolicies: readonly string[] = ["conservative", "minimal", "manual", "adaptive"];

/** Reads the fields of the document that are not sections of entries; the sections themselves are named as known. */
export function readSettings(root: ObjectNode, problems: LocalProblem[]): Settings {
  const fields = new Fields(root, "a graph");
  for (const name of ["patchbay", "channels", "nodes", "edges", "layout"]) fields.get(name);
  fields.string("$schema");
  const title = fields.string("title") ?? defaultSettings.title;
  const compile = readCompile(fields.objectNode("compile"), problems);
  const limits = readLimits(fields.objectNode("limits"), problems);
  readCheckpoints(fields.objectNode("checkpoints"), problems);
  fields.warnOfRest(["engines", "tools"]);
  problems.push(...fields.problems);
  return { title, compile, limits };
}

function readCompile(node: ObjectNode | undefined, problems: LocalProblem[]): CompileSettings {
  const defaults = defaultSettings.compile;
  if (node === undefined) return defaults;
  const fields = new Fields(node, "`compile`");
  const settings = {
    strategy: fields.oneOf("strategy", ["auto", "hard", "soft"]) ?? defaults.strategy,
    sizeThreshold: fields.integer("sizeThreshold", 0) ?? defaults.sizeThreshold,
    staleAfterMs: fields.quantity("staleAfter", parseDuration, '"250ms", "30s", "5m" or "1d"') ?? defaults.staleAfterMs,
    staleMinEdits: fields.integer("staleMinEdits", 1) ?? defaults.staleMinEdits,
  };
  fields.warnOfRest();
  problems.push(...fields.problems);
  return settings;
}

const SIZES = '"64KB", "256MB" or "1GB"';

function readLimits(node: ObjectNode | undefined, problems: LocalProblem[]): Limits {
  if (node === undefined) return defaultSettings.limits;
  const fields = new Fields(node, "`limits`");
  const { limits } = defaultSettings;
  const read = {
    supersteps: fields.integer("supersteps", 1) ?? limits.supersteps,
    stateBytes: fields.quantity("stateBytes", parseSize, SIZES) ?? limits.stateBytes,
    spillAbove: fields.quantity("spillAbove", parseSize, SIZES) ?? limits.spillAbove,
  };
  fields.warnOfRest();
  problems.push(...fields.problems);
  return read;
}

/** Only `every-superstep` is executed; the rest of the format is checked and announced as without effect. */
function readCheckpoints(node: ObjectNode | undefined, problems: LocalProblem[]): void {
  if (node === undefined) return;
  const fields = new Fields(node, "`checkpoints`");
  const policy = fields.oneOf("policy", ["every-superstep", ...laterPolicies]);
  const at = fields.get("policy");
  if (at !== undefined && policy !== undefined && laterPolicies.includes(policy)) {
    fields.warn(at, `This version does not execute the policy "${policy}" yet; it makes a checkpoint every superstep.`);
  }
  const keep = fields.integer("keep", 1);
  const keepAt = fields.get("keep");
  if (keep !== undefined && keepAt !== undefined)
    fields.warn(keepAt, "This version does not execute `keep` yet; it keeps every checkpoint.");
  fields.warnOfRest();
  problems.push(...fields.problems);
}

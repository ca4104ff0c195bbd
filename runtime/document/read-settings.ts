import {
  checkpointPolicies,
  defaultCheckpoints,
  defaultLimits,
  type CheckpointSettings,
  type CompileSettings,
  type Limits,
} from "../model/graph.js";
import { Fields } from "./fields.js";
import type { ObjectNode } from "./json-tree.js";
import { parseDuration, parseSize } from "./quantities.js";
import type { LocalProblem } from "./reading.js";

/** What a document says about itself beside its entries, with defaults for what it does not say or says wrongly. */
export interface Settings {
  readonly title: string;
  readonly compile: CompileSettings;
  readonly limits: Limits;
  readonly checkpoints: CheckpointSettings;
  /** How many checkpoints a run that has ended keeps; absent: all. */
  readonly keep?: number;
}

/** Settings of a document that says nothing. */
export const defaultSettings: Settings = {
  title: "",
  compile: { strategy: "auto", sizeThreshold: 1, staleAfterMs: 2_000, staleMinEdits: 1 },
  limits: defaultLimits,
  checkpoints: defaultCheckpoints,
};

/** Reads the fields of the document that are not sections of entries; the sections themselves are named as known. */
export function readSettings(root: ObjectNode, problems: LocalProblem[]): Settings {
  const fields = new Fields(root, "a graph");
  for (const name of ["patchbay", "channels", "nodes", "edges", "notes", "groups", "layout", "conflicts"]) fields.get(name);
  fields.string("$schema");
  const title = fields.string("title") ?? defaultSettings.title;
  const compile = readCompile(fields.objectNode("compile"), problems);
  const limits = readLimits(fields.objectNode("limits"), problems);
  const checkpoints = readCheckpoints(fields.objectNode("checkpoints"), problems);
  fields.warnOfRest(["engines", "tools"]);
  problems.push(...fields.problems);
  return { title, compile, limits, ...checkpoints };
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

function readCheckpoints(node: ObjectNode | undefined, problems: LocalProblem[]): Pick<Settings, "checkpoints" | "keep"> {
  if (node === undefined) return { checkpoints: defaultCheckpoints };
  const fields = new Fields(node, "`checkpoints`");
  const policy = fields.oneOf("policy", checkpointPolicies) ?? defaultCheckpoints.policy;
  const keep = fields.integer("keep", 1);
  fields.warnOfRest();
  problems.push(...fields.problems);
  return { checkpoints: { policy }, ...(keep === undefined ? {} : { keep }) };
}

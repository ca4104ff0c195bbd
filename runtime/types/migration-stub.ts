// The text of a migration to be written by people: what it is given, what it must give, and what is known of it already.
import { canonical } from "../model/canonical.js";
import type { ChannelDef } from "../model/graph.js";
import { channelType } from "./channel-type.js";
import { Declarations } from "./declarations.js";
import { braced, propertyName } from "./text.js";

/** The channels of two versions of a graph. */
export interface StubChannels {
  readonly before: readonly ChannelDef[];
  readonly after: readonly ChannelDef[];
}

/**
 * A TypeScript module that takes the values of all channels of before and gives those of after. What stayed the same is passed on, a
 * channel that seems to have another name now too; the rest is left to whoever completes it. `name`: the graph's.
 */
export function migrationStub(name: string, { before, after }: StubChannels): string {
  const declarations = new Declarations(["Before", "After", "up"]);
  const typesOf = (defs: readonly ChannelDef[]): readonly string[] => defs.map((def) => optional(channelType(def, declarations).value));
  const given = braced(typesOf(before));
  const wanted = braced(typesOf(after));
  const lines = [...after.map((def) => lineFor(def, before, after)), ...before.filter((def) => !has(after, def.name)).map(goneLine)];
  return [
    `// What becomes of the state of runs of ${name} when its channels change.`,
    "// It runs once for each run that stands by the channels of before, when that goes on. `patchbay certify` tries it on every stored",
    "// checkpoint. It must give every value that is to be kept; a channel that is left out has no value.",
    "",
    ...declarations.texts,
    `interface Before ${given}`,
    "",
    `interface After ${wanted}`,
    "",
    "export default function up(before: Before): After {",
    "  return {",
    ...lines.map((line) => `    ${line}`),
    "  };",
    "}",
    "",
  ].join("\n");
}

/** A channel may have no value yet. */
function optional(member: string): string {
  return member.replace(/(readonly (?:"(?:[^"\\]|\\.)*"|[\w$]+)):/, "$1?:").replace(/;$/, " | undefined;");
}

function lineFor(def: ChannelDef, before: readonly ChannelDef[], after: readonly ChannelDef[]): string {
  const key = propertyName(def.name);
  const old = before.find(({ name }) => name === def.name);
  if (old !== undefined)
    return sameChannel(old, def) ? `${key}: before${access(def.name)},` : `${key}: before${access(def.name)}, // ${changeOf(old, def)}`;
  const former = formerOf(def, before, after);
  if (former !== undefined) return `${key}: before${access(former.name)}, // if this is what "${former.name}" was`;
  return `// ${key}: …, // new`;
}

function goneLine({ name }: ChannelDef): string {
  return `// before${access(name)} is dropped, unless it is used above`;
}

/** The one channel that is gone and held the same. */
function formerOf(def: ChannelDef, before: readonly ChannelDef[], after: readonly ChannelDef[]): ChannelDef | undefined {
  const gone = before.filter((each) => !has(after, each.name) && sameChannel(each, def));
  const added = after.filter((each) => !has(before, each.name) && sameChannel(each, def));
  return gone.length === 1 && added.length === 1 ? gone[0] : undefined;
}

function changeOf(old: ChannelDef, def: ChannelDef): string {
  return old.reducer === def.reducer ? "its schema has changed" : `it was \`${old.reducer}\`, and is \`${def.reducer}\``;
}

function sameChannel({ name: _a, ...a }: ChannelDef, { name: _b, ...b }: ChannelDef): boolean {
  return canonical(a) === canonical(b);
}

function has(defs: readonly ChannelDef[], name: string): boolean {
  return defs.some((def) => def.name === name);
}

function access(name: string): string {
  return `.${name}`; // a channel's name is an identifier
}

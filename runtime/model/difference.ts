// The words in which differences of two revisions of a graph are told.

/** What became of an entry: the first two exclude all others. `renamed`: its label is another one. `moved`: it stands elsewhere. */
export const marks = ["added", "removed", "renamed", "changed", "moved"] as const;
export type Mark = (typeof marks)[number];

/** The sections of a document whose entries are compared by their ids, in the order in which differences are told. */
export const comparedSections = ["nodes", "edges", "channels", "engines", "tools", "notes", "groups"] as const;
export type ComparedSection = (typeof comparedSections)[number];

/** Marks with the one that counts most first: what an entry means comes before where it stands. */
export const marksByWeight = ["added", "removed", "changed", "renamed", "moved"] as const satisfies readonly Mark[];

/** The mark that an entry counts under. */
export function leadingMark(all: readonly Mark[]): Mark {
  return marksByWeight.find((mark) => all.includes(mark)) ?? "changed";
}

const nouns: Readonly<Record<ComparedSection, string>> = {
  nodes: "node",
  edges: "edge",
  channels: "channel",
  engines: "engine",
  tools: "tool",
  notes: "note",
  groups: "group",
};

/** What one entry of a section is, in a word. */
export function nounOf(section: ComparedSection): string {
  return nouns[section];
}

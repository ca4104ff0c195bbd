import type { JsonObject } from "../../runtime/model/json.js";

type Fields = Readonly<Record<string, unknown>>;

/** How a node kind looks, and what a new node of it starts with. */
export interface KindLook {
  readonly kind: string;
  readonly title: string;
  /** One sentence for the palette. */
  readonly hint: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Fields of a new node with this id, `kind` left out. */
  readonly start: (id: string) => JsonObject;
  /** One line of what a node does. */
  readonly summary: (fields: Fields) => string;
}

/** The kinds that the palette offers, in its order. */
export const kinds: readonly KindLook[] = [
  {
    kind: "code",
    title: "Code",
    hint: "Run a TypeScript or JavaScript handler",
    icon: "code",
    start: (id) => ({ handler: `./nodes/${id}.ts` }),
    summary: (fields) => firstLine(fields["handler"]),
  },
  {
    kind: "expression",
    title: "Expression",
    hint: "Set channels from CEL expressions",
    icon: "symbol-operator",
    start: () => ({ set: {} }),
    summary: (fields) => firstEntry(fields["set"]),
  },
  {
    kind: "barrier",
    title: "Barrier",
    hint: "Wait for a person's decision",
    icon: "person",
    start: () => ({ prompt: "Go on?" }),
    summary: (fields) => firstLine(fields["prompt"]),
  },
  {
    kind: "http",
    title: "HTTP",
    hint: "Send a request over HTTP",
    icon: "globe",
    start: () => ({ url: "https://example.com/" }),
    summary: (fields) => [firstLine(fields["method"]) || "GET", firstLine(fields["url"])].join(" ").trim(),
  },
  {
    kind: "map",
    title: "Map",
    hint: "Run a handler or a graph for each item of a list",
    icon: "layers",
    start: (id) => ({ over: "[]", handler: `./nodes/${id}.ts` }),
    summary: (fields) => `${firstLine(fields["over"])} → ${firstLine(fields["graph"] ?? fields["handler"])}`,
  },
  {
    kind: "subgraph",
    title: "Subgraph",
    hint: "Run another graph as one node",
    icon: "type-hierarchy-sub",
    start: (id) => ({ graph: `./${id}.patchbay.json` }),
    summary: (fields) => firstLine(fields["graph"]),
  },
];

/** The look of a kind; a kind that is not known here is drawn all the same. */
export function kindOf(kind: string): KindLook {
  return kinds.find((look) => look.kind === kind) ?? unknownKind(kind);
}

function unknownKind(kind: string): KindLook {
  return { kind, title: kind || "Node", hint: "", icon: "symbol-misc", start: () => ({}), summary: () => "" };
}

function firstLine(value: unknown): string {
  return typeof value === "string" ? (value.trim().split("\n")[0] ?? "") : "";
}

function firstEntry(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const [first, ...more] = Object.entries(value);
  if (first === undefined) return "";
  return `${first[0]} = ${String(first[1])}${more.length > 0 ? ` (+${String(more.length)})` : ""}`;
}

/** Names that a channel cannot have, since expressions use them for something else; with what they are. */
const inExpressions: ReadonlyMap<string, string> = new Map([
  ...["output", "run", "item", "index", "input"].map((name) => [name, "a variable of every expression"] as const),
  ["secret", "what `{{secret.NAME}}` begins with"],
  ...["true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let"].map(
    (name) => [name, "a word of the expression language"] as const,
  ),
  ...["loop", "package", "namespace", "return", "var", "void", "while", "prototype"].map(
    (name) => [name, "a word of the expression language"] as const,
  ),
  ...["type", "string", "int", "uint", "bool", "double", "bytes", "list", "map", "null_type", "optional", "google", "cel"].map(
    (name) => [name, "a type of the expression language"] as const,
  ),
]);

/** Why no entry may have this name, although its characters are right; undefined for a free name. */
export function reservedEverywhere(name: string): string | undefined {
  return name === "__proto__" ? "a name that JavaScript objects keep for themselves" : undefined;
}

/** Why no channel may have this name; undefined for a free name. */
export function reservedForChannels(name: string): string | undefined {
  return reservedEverywhere(name) ?? inExpressions.get(name);
}

/** Every name that a channel cannot have; the JSON Schema lists them too. */
export const reservedChannelNames: readonly string[] = ["__proto__", ...inExpressions.keys()];

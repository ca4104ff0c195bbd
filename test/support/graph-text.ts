/** A graph in short hand, for tests: nodes by id, edges as `from -> to` with an optional condition. */
export interface ShortGraph {
  readonly channels?: Readonly<Record<string, unknown>>;
  readonly nodes: Readonly<Record<string, object>>;
  /** `id: "a -> b"`, `"a -> b when x > 1"`, `"a -> b on yes"`, `"a -> b else"`, `"a -> @end terminate"`. */
  readonly edges: Readonly<Record<string, string>>;
  readonly limits?: object;
  readonly compile?: object;
  readonly checkpoints?: object;
}

/** The document text of a graph in short hand. */
export function graphText(graph: ShortGraph): string {
  const { channels = {}, nodes, edges, ...settings } = graph;
  const document = {
    patchbay: 1,
    title: "Test",
    channels,
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, fields]) => [id, "kind" in fields ? fields : { kind: "code", handler: `./${id}.ts`, ...fields }]),
    ),
    edges: Object.fromEntries(Object.entries(edges).map(([id, text]) => [id, edgeFields(text)])),
    ...settings,
  };
  return JSON.stringify(document, undefined, 2);
}

function edgeFields(text: string): object {
  const match = /^(\S+) -> (\S+)(?: (when|on|else|terminate)(?: (.*))?)?$/.exec(text);
  if (match === null) throw new Error(`No edge: ${text}`);
  const [, from, to, type, value] = match;
  if (type === undefined) return { from, to };
  return { from, to, [type]: type === "else" || type === "terminate" ? true : value };
}

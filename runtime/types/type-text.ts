// Types as text that can be put together: each knows how tightly it binds.

/** What a type is written as, loosest last. */
type Binding = "atom" | "operator" | "intersection" | "union";

/** A type as TypeScript text. */
export interface TypeText {
  readonly text: string;
  readonly binding: Binding;
}

/** A type that can stand anywhere as it is. */
export function atom(text: string): TypeText {
  return { text, binding: "atom" };
}

export const UNKNOWN = atom("unknown");
export const NEVER = atom("never");

/** An array that cannot be changed. */
export function listOf(item: TypeText): TypeText {
  return { text: `readonly ${tight(item)}[]`, binding: "operator" };
}

/** A tuple that cannot be changed; the first `required` items are always there. */
export function tupleOf(items: readonly TypeText[], required: number, rest: TypeText | undefined): TypeText {
  const parts = items.map((item, index) => (index < required ? item.text : `${tight(item)}?`));
  if (rest !== undefined) parts.push(`...${tight(rest)}[]`);
  return { text: `readonly [${parts.join(", ")}]`, binding: "operator" };
}

/** What is one of these. */
export function unionOf(types: readonly TypeText[]): TypeText {
  if (types.some(({ text }) => text === UNKNOWN.text)) return UNKNOWN;
  const parts = distinct(types).filter(({ text }) => text !== NEVER.text);
  return joined(parts, " | ", "union") ?? NEVER;
}

/** What is all of these. */
export function intersectionOf(types: readonly TypeText[]): TypeText {
  if (types.some(({ text }) => text === NEVER.text)) return NEVER;
  const parts = distinct(types).filter(({ text }) => text !== UNKNOWN.text);
  const wrapped = parts.length < 2 ? parts : parts.map((part) => (part.binding === "union" ? atom(`(${part.text})`) : part));
  return joined(wrapped, " & ", "intersection") ?? UNKNOWN;
}

function joined(parts: readonly TypeText[], by: string, binding: Binding): TypeText | undefined {
  return parts.length < 2 ? parts[0] : { text: parts.map(({ text }) => text).join(by), binding };
}

function distinct(types: readonly TypeText[]): readonly TypeText[] {
  return [...new Map(types.map((type) => [type.text, type])).values()];
}

function tight({ text, binding }: TypeText): string {
  return binding === "atom" ? text : `(${text})`;
}

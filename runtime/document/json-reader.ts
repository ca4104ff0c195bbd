// Reads a JSON text into a tree whatever its state.
//
// 1. It never throws and never recurses deeper than `MAX_DEPTH`.
// 2. An entry of a section whose text is the one that the previous tree was read from is that tree.
import { Token } from "./json-tokens.js";
import type { JsonNode, ObjectNode, Property, ScalarNode } from "./json-tree.js";
import { isEntrySection } from "./sections.js";
import { closes, opens, TokenStream, type SyntaxProblem } from "./token-stream.js";

/** A text as a tree, and what is wrong with it. */
export interface JsonText {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

const MAX_DEPTH = 200;

/** Reads a text; `previous` lends the entries that did not change. */
export function readJson(text: string, previous?: JsonText): JsonText {
  return new JsonReader(text, previous).read();
}

class JsonReader {
  readonly #tokens: TokenStream;
  readonly #previousText: string;
  readonly #previous: ReadonlyMap<string, ReadonlyMap<string, Property>>;

  constructor(text: string, previous: JsonText | undefined) {
    this.#tokens = new TokenStream(text);
    this.#previousText = previous?.text ?? "";
    this.#previous = entriesOf(previous?.root);
  }

  read(): JsonText {
    const tokens = this.#tokens;
    const empty = tokens.kind === Token.end;
    if (empty) tokens.report("A graph is a JSON object; this text is empty.");
    const root = empty ? undefined : this.#value(0);
    if (root !== undefined && tokens.kind !== Token.end) tokens.report("Nothing may follow the document's closing brace.");
    return { text: tokens.text, root, problems: tokens.problems };
  }

  #value(depth: number): JsonNode | undefined {
    const tokens = this.#tokens;
    switch (tokens.kind) {
      case Token.openBrace:
        return depth >= MAX_DEPTH ? this.#tooDeep() : this.#object(depth);
      case Token.openBracket:
        return depth >= MAX_DEPTH ? this.#tooDeep() : this.#array(depth);
      case Token.string:
        return this.#scalar("string", tokens.value);
      case Token.number:
        return this.#scalar("number", this.#number());
      case Token.true:
      case Token.false:
        return this.#scalar("boolean", tokens.kind === Token.true);
      case Token.null:
        return this.#scalar("null", null);
      default:
        tokens.report(tokens.kind === Token.end ? "A value is missing; the text ends here." : "A value is expected here.");
        if (!separates.has(tokens.kind)) tokens.next();
        return undefined;
    }
  }

  #scalar(type: ScalarNode["type"], value: ScalarNode["value"]): ScalarNode {
    const node: ScalarNode = { type, start: this.#tokens.start, end: this.#tokens.end, value };
    this.#tokens.next();
    return node;
  }

  #number(): number {
    const number = Number(this.#tokens.value);
    if (Number.isFinite(number)) return number;
    this.#tokens.report("This number is out of range.");
    return 0;
  }

  #object(depth: number): ObjectNode {
    const tokens = this.#tokens;
    const start = tokens.start;
    const properties: Property[] = [];
    const seen = new Set<string>();
    tokens.next();
    while (tokens.kind !== Token.closeBrace && tokens.kind !== Token.end) {
      if (tokens.kind === Token.string) properties.push(this.#property(depth, seen));
      else if (!tokens.skipTo(Token.string, "A property name in double quotes is expected here.")) break;
    }
    return { type: "object", start, properties, ...this.#close(Token.closeBrace, "}") };
  }

  #property(depth: number, seen: Set<string>): Property {
    const tokens = this.#tokens;
    const { value: key, start: keyStart, end: keyEnd } = tokens;
    this.#enter(depth, key);
    if (seen.has(key)) tokens.report(`"${key}" is here twice; the later one counts.`, keyStart, keyEnd, "DUPLICATE_KEY");
    seen.add(key);
    const before = tokens.problemCount;
    tokens.next();
    if (tokens.kind === Token.colon) tokens.next();
    else tokens.report("A colon is expected here.");
    const isEntry = depth === 1 && isEntrySection(tokens.section);
    const { value, shift } = isEntry ? this.#entryValue(key) : { value: this.#propertyValue(depth), shift: 0 };
    const sound = tokens.problemCount === before && value !== undefined;
    const comma = this.#comma();
    this.#enter(depth, undefined);
    return { key, keyStart, keyEnd, value, shift, comma, sound };
  }

  #propertyValue(depth: number): JsonNode | undefined {
    return this.#tokens.kind === Token.colon ? undefined : this.#value(depth + 1);
  }

  /** The value of an entry, counted from its own start. */
  #entryValue(key: string): { value: JsonNode | undefined; shift: number } {
    const shift = this.#tokens.start;
    const same = this.#unchanged(key);
    if (same !== undefined) {
      this.#tokens.jump(shift + same.end);
      return { value: same, shift };
    }
    this.#tokens.origin = shift;
    const value = this.#propertyValue(1);
    this.#tokens.origin = 0;
    return { value, shift };
  }

  /** Invariant 2. Only what ends with its own bracket is compared: `1` is no sign of `12`. */
  #unchanged(key: string): JsonNode | undefined {
    const old = this.#previous.get(this.#tokens.section ?? "")?.get(key);
    if (old?.value === undefined || !old.sound || !("closed" in old.value) || !old.value.closed) return undefined;
    const raw = this.#previousText.slice(old.shift, old.shift + old.value.end);
    return this.#tokens.text.startsWith(raw, this.#tokens.start) ? old.value : undefined;
  }

  #array(depth: number): JsonNode {
    const start = this.#tokens.start;
    const items: JsonNode[] = [];
    this.#tokens.next();
    while (!closes.has(this.#tokens.kind)) {
      const item = this.#value(depth + 1);
      if (item !== undefined) items.push(item);
      this.#comma();
    }
    return { type: "array", start, items, ...this.#close(Token.closeBracket, "]") };
  }

  #comma(): number | undefined {
    const tokens = this.#tokens;
    if (tokens.kind === Token.comma) {
      const comma = tokens.start;
      tokens.next();
      return comma;
    }
    if (startsValue.has(tokens.kind)) tokens.report("A comma is expected before this.");
    else if (!closes.has(tokens.kind)) tokens.skipTo(Token.comma, "A comma is expected here.");
    return undefined;
  }

  #close(kind: number, bracket: string): { end: number; closed: boolean } {
    const tokens = this.#tokens;
    const closed = tokens.kind === kind;
    const end = closed ? tokens.end : tokens.start;
    if (closed) tokens.next();
    else tokens.report(`"${bracket}" is missing${tokens.kind === Token.end ? " at the end of the text" : " before this"}.`);
    return { end, closed };
  }

  #tooDeep(): undefined {
    this.#tokens.report(`This is nested deeper than ${MAX_DEPTH} levels.`);
    this.#tokens.skipBalanced();
  }

  /** Names where problems are, for the two outer levels. */
  #enter(depth: number, key: string | undefined): void {
    if (depth === 0) this.#tokens.section = key;
    else if (depth === 1) this.#tokens.entry = key;
  }
}

/** Section -> key -> entry. */
function entriesOf(root: JsonNode | undefined): ReadonlyMap<string, ReadonlyMap<string, Property>> {
  const sections = new Map<string, ReadonlyMap<string, Property>>();
  for (const { key, value } of root?.type === "object" ? root.properties : []) {
    if (value?.type !== "object" || !isEntrySection(key)) continue;
    sections.set(key, new Map(value.properties.map((property) => [property.key, property])));
  }
  return sections;
}

const separates: ReadonlySet<number> = new Set([...closes, Token.comma, Token.colon]);
const startsValue: ReadonlySet<number> = new Set([...opens, Token.string, Token.number, Token.true, Token.false, Token.null]);

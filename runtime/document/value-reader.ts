import { Token } from "./json-tokens.js";
import type { JsonNode, ObjectNode, Property, ScalarNode } from "./json-tree.js";
import { closes, opens, type TokenStream } from "./token-stream.js";

const MAX_DEPTH = 200;

/** A property whose value is still to be counted from somewhere. */
type ReadProperty = Omit<Property, "shift">;

/** Reads JSON values, whatever their state: never throws, and never recurses deeper than `MAX_DEPTH`. */
export class ValueReader {
  readonly #tokens: TokenStream;

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
  }

  /** The value at the token, which is nested so deep. */
  value(depth: number): JsonNode | undefined {
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

  /** Where the members of the object at the token end, each read by `read`, which is called at its key. */
  members(read: () => void): { readonly end: number; readonly closed: boolean } {
    const tokens = this.#tokens;
    tokens.next();
    while (tokens.kind !== Token.closeBrace && tokens.kind !== Token.end) {
      if (tokens.kind === Token.string) read();
      else if (!tokens.skipTo(Token.string, "A property name in double quotes is expected here.")) break;
    }
    return this.#close(Token.closeBrace, "}");
  }

  /** The property at the token; `read` is called where its value should be. `seen` has the keys of its object so far. */
  property(seen: Set<string>, read: (key: string) => JsonNode | undefined): ReadProperty {
    const tokens = this.#tokens;
    const { value: key, start: keyStart, end: keyEnd } = tokens;
    if (seen.has(key)) tokens.report(`"${key}" is here twice; the later one counts.`, keyStart, keyEnd, "DUPLICATE_KEY");
    seen.add(key);
    const before = tokens.problemCount;
    tokens.next();
    if (tokens.kind === Token.colon) tokens.next();
    else tokens.report("A colon is expected here.");
    const value = read(key);
    const sound = tokens.problemCount === before && value !== undefined;
    return { key, keyStart, keyEnd, value, comma: this.#comma(), sound };
  }

  /** The value of a property, nested so deep; a second colon is none. */
  propertyValue(depth: number): JsonNode | undefined {
    return this.#tokens.kind === Token.colon ? undefined : this.value(depth);
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
    const { start } = this.#tokens;
    const properties: Property[] = [];
    const seen = new Set<string>();
    const end = this.members(() => properties.push({ ...this.property(seen, () => this.propertyValue(depth + 1)), shift: 0 }));
    return { type: "object", start, properties, ...end };
  }

  #array(depth: number): JsonNode {
    const start = this.#tokens.start;
    const items: JsonNode[] = [];
    this.#tokens.next();
    while (!closes.has(this.#tokens.kind)) {
      const item = this.value(depth + 1);
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
}

const separates: ReadonlySet<number> = new Set([...closes, Token.comma, Token.colon]);
const startsValue: ReadonlySet<number> = new Set([...opens, Token.string, Token.number, Token.true, Token.false, Token.null]);

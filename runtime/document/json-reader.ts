// Reads a JSON text into a tree whatever its state.
//
// 1. It never throws and never recurses deeper than `MAX_DEPTH`.
// 2. Every problem is reported at its place, up to `MAX_PROBLEMS`.
// 3. An entry of a section whose text is the one that the previous tree was read from is that tree.
import { createScanner, Token, tokenErrors, type JSONScanner } from "./json-tokens.js";
import { isEntrySection } from "./sections.js";
import type { ErrorCode } from "../errors.js";
import type { TextRange } from "../model/problem.js";
import type { JsonNode, ObjectNode, Property, ScalarNode } from "./json-tree.js";

/** What is wrong with the text as JSON. */
export interface SyntaxProblem {
  readonly code: Extract<ErrorCode, "JSON_SYNTAX" | "DUPLICATE_KEY">;
  readonly message: string;
  readonly range: TextRange;
  /** The section and entry that it is in. */
  readonly section?: string;
  readonly entry?: string;
}

/** A text as a tree, and what is wrong with it. */
export interface JsonText {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

const MAX_DEPTH = 200;
const MAX_PROBLEMS = 200;

/** Reads a text; `previous` lends the entries that did not change. */
export function readJson(text: string, previous?: JsonText): JsonText {
  return new JsonReader(text, previous).read();
}

class JsonReader {
  readonly #text: string;
  readonly #previousText: string;
  readonly #previous: ReadonlyMap<string, ReadonlyMap<string, Property>>;
  readonly #scanner: JSONScanner;
  readonly #problems: SyntaxProblem[] = [];
  #problemCount = 0;
  #token: number = Token.end;
  /** Offsets count from here. */
  #origin = 0;
  #section: string | undefined;
  #entry: string | undefined;

  constructor(text: string, previous: JsonText | undefined) {
    this.#text = text;
    this.#previousText = previous?.text ?? "";
    this.#previous = entriesOf(previous?.root);
    this.#scanner = createScanner(text, true);
    if (text.startsWith("\uFEFF")) this.#scanner.setPosition(1);
  }

  read(): JsonText {
    this.#next();
    if (this.#token === Token.end) this.#report("A graph is a JSON object; this text is empty.");
    const root = this.#token === Token.end ? undefined : this.#value(0);
    if (root !== undefined && this.#token !== Token.end) this.#report("Nothing may follow the document's closing brace.");
    return { text: this.#text, root, problems: this.#problems };
  }

  // Tokens

  #next(): void {
    this.#token = this.#scanner.scan();
    const error: number = this.#scanner.getTokenError();
    if (error !== 0) this.#report(tokenErrors[error] ?? "This is not JSON.");
  }

  get #start(): number {
    return this.#inText(this.#scanner.getTokenOffset()) - this.#origin;
  }

  get #end(): number {
    return this.#inText(this.#scanner.getTokenOffset() + this.#scanner.getTokenLength()) - this.#origin;
  }

  /** A comment that is cut off ends, for the scanner, beyond the text. */
  #inText(offset: number): number {
    return Math.min(offset, this.#text.length);
  }

  #report(message: string, start = this.#start, end = this.#end, code: SyntaxProblem["code"] = "JSON_SYNTAX"): void {
    this.#problemCount += 1;
    if (this.#problems.length >= MAX_PROBLEMS) return; // 2
    this.#problems.push({
      code,
      message,
      range: { start: start + this.#origin, end: end + this.#origin },
      ...(this.#section === undefined ? {} : { section: this.#section }),
      ...(this.#entry === undefined ? {} : { entry: this.#entry }),
    });
  }

  // Values

  #value(depth: number): JsonNode | undefined {
    switch (this.#token) {
      case Token.openBrace:
        return depth >= MAX_DEPTH ? this.#tooDeep() : this.#object(depth);
      case Token.openBracket:
        return depth >= MAX_DEPTH ? this.#tooDeep() : this.#array(depth);
      case Token.string:
        return this.#scalar("string", detached(this.#scanner.getTokenValue()));
      case Token.number:
        return this.#scalar("number", this.#number());
      case Token.true:
      case Token.false:
        return this.#scalar("boolean", this.#token === Token.true);
      case Token.null:
        return this.#scalar("null", null);
      default:
        this.#report(this.#token === Token.end ? "A value is missing; the text ends here." : "A value is expected here.");
        if (!separates.has(this.#token)) this.#next();
        return undefined;
    }
  }

  #scalar(type: ScalarNode["type"], value: ScalarNode["value"]): ScalarNode {
    const node: ScalarNode = { type, start: this.#start, end: this.#end, value };
    this.#next();
    return node;
  }

  #number(): number {
    const number = Number(this.#scanner.getTokenValue());
    if (Number.isFinite(number)) return number;
    this.#report("This number is out of range.");
    return 0;
  }

  #object(depth: number): ObjectNode {
    const start = this.#start;
    const properties: Property[] = [];
    const seen = new Set<string>();
    this.#next();
    while (this.#token !== Token.closeBrace && this.#token !== Token.end) {
      if (this.#token === Token.string) properties.push(this.#property(depth, seen));
      else if (!this.#skipTo(Token.string, "A property name in double quotes is expected here.")) break;
    }
    const { end, closed } = this.#close(Token.closeBrace, "}");
    return { type: "object", start, end, properties, closed };
  }

  #property(depth: number, seen: Set<string>): Property {
    const key = detached(this.#scanner.getTokenValue());
    const keyStart = this.#start;
    const keyEnd = this.#end;
    this.#enter(depth, key);
    if (seen.has(key)) this.#report(`"${key}" is here twice; the later one counts.`, keyStart, keyEnd, "DUPLICATE_KEY");
    seen.add(key);
    const before = this.#problemCount;
    this.#next();
    if (this.#token === Token.colon) this.#next();
    else this.#report("A colon is expected here.");
    const isEntry = depth === 1 && isEntrySection(this.#section);
    const { value, shift } = isEntry ? this.#entryValue(key) : { value: this.#propertyValue(depth), shift: 0 };
    const sound = this.#problemCount === before && value !== undefined;
    const comma = this.#comma();
    this.#leave(depth);
    return { key, keyStart, keyEnd, value, shift, comma, sound };
  }

  #propertyValue(depth: number): JsonNode | undefined {
    return this.#token === Token.colon ? undefined : this.#value(depth + 1);
  }

  /** The value of an entry, counted from its own start. */
  #entryValue(key: string): { value: JsonNode | undefined; shift: number } {
    const shift = this.#start;
    const same = this.#unchanged(key);
    if (same !== undefined) {
      this.#scanner.setPosition(shift + same.end);
      this.#next();
      return { value: same, shift };
    }
    this.#origin = shift;
    const value = this.#propertyValue(1);
    this.#origin = 0;
    return { value, shift };
  }

  /** Invariant 3. Only what ends with its own bracket is compared: `1` is no sign of `12`. */
  #unchanged(key: string): JsonNode | undefined {
    const old = this.#previous.get(this.#section ?? "")?.get(key);
    if (old?.value === undefined || !old.sound || !("closed" in old.value) || !old.value.closed) return undefined;
    const raw = this.#previousText.slice(old.shift, old.shift + old.value.end);
    return this.#text.startsWith(raw, this.#start) ? old.value : undefined;
  }

  #array(depth: number): JsonNode {
    const start = this.#start;
    const items: JsonNode[] = [];
    this.#next();
    while (!closes.has(this.#token)) {
      const item = this.#value(depth + 1);
      if (item !== undefined) items.push(item);
      this.#comma();
    }
    const { end, closed } = this.#close(Token.closeBracket, "]");
    return { type: "array", start, end, items, closed };
  }

  // Separators and recovery

  #comma(): number | undefined {
    if (this.#token === Token.comma) {
      const comma = this.#start;
      this.#next();
      return comma;
    }
    if (startsValue.has(this.#token)) this.#report("A comma is expected before this.");
    else if (!closes.has(this.#token)) this.#skipTo(Token.comma, "A comma is expected here.");
    return undefined;
  }

  #close(kind: number, bracket: string): { end: number; closed: boolean } {
    const closed = this.#token === kind;
    const end = closed ? this.#end : this.#start;
    if (closed) this.#next();
    else this.#report(`"${bracket}" is missing${this.#token === Token.end ? " at the end of the text" : " before this"}.`);
    return { end, closed };
  }

  /** Reports the token and passes over what cannot be understood; false where a bracket closes first. */
  #skipTo(kind: number, message: string): boolean {
    this.#report(message);
    while (this.#token !== kind && !closes.has(this.#token)) {
      if (opens.has(this.#token)) this.#skipBalanced();
      else this.#scanNext();
    }
    if (this.#token === Token.comma) this.#scanNext();
    return !closes.has(this.#token);
  }

  #tooDeep(): undefined {
    this.#report(`This is nested deeper than ${MAX_DEPTH} levels.`);
    this.#skipBalanced();
    return undefined;
  }

  #skipBalanced(): void {
    let open = 0;
    do {
      if (opens.has(this.#token)) open += 1;
      else if (closes.has(this.#token)) open -= 1;
      this.#scanNext();
    } while (open > 0 && this.#token !== Token.end);
  }

  /** The next token, of text that is already reported as a whole. */
  #scanNext(): void {
    this.#token = this.#scanner.scan();
  }

  #enter(depth: number, key: string): void {
    if (depth === 0) this.#section = key;
    else if (depth === 1) this.#entry = key;
  }

  #leave(depth: number): void {
    if (depth === 0) this.#section = undefined;
    else if (depth === 1) this.#entry = undefined;
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

/** A string that does not keep the whole text alive, as a slice of it would: entries outlive the texts they came from. */
function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

const opens: ReadonlySet<number> = new Set([Token.openBrace, Token.openBracket]);
const closes: ReadonlySet<number> = new Set([Token.closeBrace, Token.closeBracket, Token.end]);
const separates: ReadonlySet<number> = new Set([...closes, Token.comma, Token.colon]);
const startsValue: ReadonlySet<number> = new Set([
  ...opens,
  Token.string,
  Token.number,
  Token.true,
  Token.false,
  Token.null,
]);

import type { ErrorCode } from "../errors.js";
import type { TextRange } from "../model/problem.js";
import { createScanner, Token, tokenErrors, type JSONScanner } from "./json-tokens.js";

/** What is wrong with the text as JSON. */
export interface SyntaxProblem {
  readonly code: Extract<ErrorCode, "JSON_SYNTAX" | "DUPLICATE_KEY">;
  readonly message: string;
  readonly range: TextRange;
  /** The section and entry that it is in. */
  readonly section?: string;
  readonly entry?: string;
}

/** A token to come back to. */
interface Mark {
  readonly offset: number;
  readonly problemCount: number;
  readonly kept: number;
}

/** More problems than these tell nobody anything. */
const MAX_PROBLEMS = 200;

/** Tokens that open an object or a list. */
export const opens: ReadonlySet<number> = new Set([Token.openBrace, Token.openBracket]);
/** Tokens that close one, the end of the text among them. */
export const closes: ReadonlySet<number> = new Set([Token.closeBrace, Token.closeBracket, Token.end]);

/** The tokens of a text one by one, and the problems found on the way. Comments and white space are passed over. */
export class TokenStream {
  readonly text: string;
  readonly problems: SyntaxProblem[] = [];
  /** How many problems there were, those that are not kept included. */
  problemCount = 0;
  /** The token that is read. */
  kind: number = Token.end;
  /** Offsets count from here. */
  origin = 0;
  /** The section and entry that are being read. */
  section: string | undefined;
  entry: string | undefined;
  readonly #scanner: JSONScanner;

  constructor(text: string) {
    this.text = text;
    this.#scanner = createScanner(text, true);
    if (text.startsWith("\uFEFF")) this.#scanner.setPosition(1);
    this.next();
  }

  get start(): number {
    return this.#inText(this.#scanner.getTokenOffset()) - this.origin;
  }

  get end(): number {
    return this.#inText(this.#scanner.getTokenOffset() + this.#scanner.getTokenLength()) - this.origin;
  }

  /** The text of a string without quotes and escapes, or of a number. */
  get value(): string {
    return detached(this.#scanner.getTokenValue());
  }

  next(): void {
    this.kind = this.#scanner.scan();
    const error: number = this.#scanner.getTokenError();
    if (error !== 0) this.report(tokenErrors[error] ?? "This is not JSON.");
  }

  /** Goes on at an offset of the text. */
  jump(offset: number): void {
    this.#scanner.setPosition(offset);
    this.next();
  }

  /** Remembers the token and the problems so far. */
  mark(): Mark {
    return { offset: this.#scanner.getTokenOffset(), problemCount: this.problemCount, kept: this.problems.length };
  }

  /** Back to a token, as if nothing had been read since. */
  rewind({ offset, problemCount, kept }: Mark): undefined {
    this.origin = 0;
    this.entry = undefined;
    this.#scanner.setPosition(offset);
    this.kind = this.#scanner.scan(); // what is wrong with it was reported before the mark
    this.problemCount = problemCount;
    this.problems.length = kept;
  }

  /** Adds a problem at the token or at a place. */
  report(message: string, start = this.start, end = this.end, code: SyntaxProblem["code"] = "JSON_SYNTAX"): void {
    this.problemCount += 1;
    if (this.problems.length >= MAX_PROBLEMS) return;
    this.problems.push({
      code,
      message,
      range: { start: start + this.origin, end: end + this.origin },
      ...(this.section === undefined ? {} : { section: this.section }),
      ...(this.entry === undefined ? {} : { entry: this.entry }),
    });
  }

  /** Reports the token and passes over what cannot be understood, up to a kind of token; false where a bracket closes first. */
  skipTo(kind: number, message: string): boolean {
    this.report(message);
    while (this.kind !== kind && !closes.has(this.kind)) {
      if (opens.has(this.kind)) this.skipBalanced();
      else this.#pass();
    }
    if (this.kind === Token.comma) this.#pass();
    return !closes.has(this.kind);
  }

  /** Passes over an object or list. */
  skipBalanced(): void {
    let open = 0;
    do {
      if (opens.has(this.kind)) open += 1;
      else if (closes.has(this.kind)) open -= 1;
      this.#pass();
    } while (open > 0 && this.kind !== Token.end);
  }

  /** The next token, of text that is already reported as a whole. */
  #pass(): void {
    this.kind = this.#scanner.scan();
  }

  /** A comment that is cut off ends, for the scanner, beyond the text. */
  #inText(offset: number): number {
    return Math.min(offset, this.text.length);
  }
}

/** A string that does not keep the whole text alive, as a slice of it would: entries outlive the texts they came from. */
function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

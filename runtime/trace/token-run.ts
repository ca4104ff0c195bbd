import type { LiveEvent, TraceDraft } from "./event.js";

/** What a task emits. */
export type TokenDraft = Extract<TraceDraft, { readonly type: "token" }>;
type Token = Extract<LiveEvent, { readonly type: "token" }>;

/** A text is not joined beyond this many UTF-16 code units. */
const LONGEST = 16_384;

/** Tokens of one task that follow one another: texts are joined, so that a trace holds what was said, and not how it came. */
export class TokenRun {
  #joined: Token | undefined;
  #text: string[] = [];
  #length = 0;

  /** Takes a token; gives what came before it, where it is not joined with that. */
  add(token: Token): Token | undefined {
    const { value } = token;
    const joins = typeof value === "string" && this.#joined?.task === token.task && this.#text.length > 0;
    if (joins && this.#length + value.length <= LONGEST) {
      this.#text.push(value);
      this.#length += value.length;
      return undefined;
    }
    const before = this.take();
    this.#joined = token;
    if (typeof value === "string") {
      this.#text = [value];
      this.#length = value.length;
    }
    return before;
  }

  /** What was joined so far, which is complete from now on. */
  take(): Token | undefined {
    const joined = this.#joined;
    if (joined === undefined) return undefined;
    const text = this.#text;
    this.#joined = undefined;
    this.#text = [];
    this.#length = 0;
    return text.length < 2 ? joined : { ...joined, value: text.join("") };
  }
}

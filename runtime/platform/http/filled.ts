// The secrets of one request: put in where they are sent, hidden in all that comes back.
import { errorInfo, type ErrorInfo } from "../../errors.js";
import { encodeText } from "../../kinds/http/encode.js";
import type { HttpRequest, RequestText, Secrets, TextEncoding } from "../../ports.js";

/** Instead of a secret. */
const HIDDEN = "***";
/** A shorter one would be found, and hidden, in what has nothing to do with it. */
const SHORTEST = 4;
const encodings: readonly TextEncoding[] = ["text", "json", "url", "form"];

/** A text, complete. */
export interface Filled {
  readonly text: string;
  /** Whether a secret is in it. */
  readonly secret: boolean;
}

/** The secrets that a request names, with their values. */
export class SecretValues {
  readonly #values: ReadonlyMap<string, string>;
  /** Every way in which they may be written, the longest first: one may be a part of another. */
  readonly #written: readonly string[];

  private constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
    const written = [...values.values()].flatMap((value) => encodings.map((as) => encodeText(value, as)));
    this.#written = [...new Set(written)].toSorted((a, b) => b.length - a.length);
  }

  /** Looks up what a request names, or says what is missing. */
  static async of(request: HttpRequest, secrets: Secrets): Promise<SecretValues | ErrorInfo> {
    const values = new Map<string, string>();
    for (const name of namesIn(request)) {
      const value = await secrets.get(name);
      if (value === undefined || value === "") return errorInfo("SECRET", `The secret "${name}" is not set.`, { secret: name });
      if (value.length < SHORTEST) return errorInfo("SECRET", `The secret "${name}" is too short to be kept secret.`, { secret: name });
      values.set(name, value);
    }
    return new SecretValues(values);
  }

  get none(): boolean {
    return this.#values.size === 0;
  }

  fill(text: RequestText): Filled {
    const pieces = text.map((part) => (typeof part === "string" ? part : encodeText(this.#values.get(part.secret) ?? "", part.as)));
    return { text: pieces.join(""), secret: text.some((part) => typeof part === "object") };
  }

  /** A text without them. */
  readonly redact = (text: string): string => this.#written.reduce((shown, written) => shown.replaceAll(written, HIDDEN), text);
}

function namesIn({ url, query, headers, body = [] }: HttpRequest): ReadonlySet<string> {
  const texts = [url, ...query, ...headers.map(([, value]) => value), body];
  return new Set(texts.flat().flatMap((part) => (typeof part === "string" ? [] : [part.secret])));
}

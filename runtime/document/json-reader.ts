// Reads a JSON text into a tree whatever its state.
//
// 1. It never throws.
// 2. A section whose text did not change is the same cells; of one that changed within, only what changed is read.
import { Token } from "./json-tokens.js";
import { propertyOf, type JsonNode, type ObjectNode, type Property } from "./json-tree.js";
import { sectionIn, type SectionNode } from "./section-node.js";
import { SectionReader } from "./section-reader.js";
import { isEntrySection } from "./sections.js";
import { changeBetween } from "./text-change.js";
import { TokenStream, type SyntaxProblem } from "./token-stream.js";
import { ValueReader } from "./value-reader.js";

/** A text as a tree, and what is wrong with it. */
export interface JsonText {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** Reads a text; `previous` lends what did not change. */
export function readJson(text: string, previous?: JsonText): JsonText {
  return new JsonReader(text, previous).read();
}

class JsonReader {
  readonly #tokens: TokenStream;
  readonly #values: ValueReader;
  readonly #sections: SectionReader;
  readonly #previous: JsonText | undefined;

  constructor(text: string, previous: JsonText | undefined) {
    this.#tokens = new TokenStream(text);
    this.#values = new ValueReader(this.#tokens);
    const last = previous && { text: previous.text, change: changeBetween(previous.text, text) };
    this.#sections = new SectionReader(this.#tokens, this.#values, last);
    this.#previous = previous;
  }

  read(): JsonText {
    const tokens = this.#tokens;
    const empty = tokens.kind === Token.end;
    if (empty) tokens.report("A graph is a JSON object; this text is empty.");
    const root = empty ? undefined : tokens.kind === Token.openBrace ? this.#root() : this.#values.value(0);
    if (root !== undefined && tokens.kind !== Token.end) tokens.report("Nothing may follow the document's closing brace.");
    return { text: tokens.text, root, problems: tokens.problems };
  }

  #root(): ObjectNode {
    const { start } = this.#tokens;
    const properties: Property[] = [];
    const seen = new Set<string>();
    const end = this.#values.members(() => {
      this.#tokens.section = this.#tokens.value;
      properties.push({ ...this.#values.property(seen, (key) => this.#value(key)), shift: 0 });
      this.#tokens.section = undefined;
    });
    return { type: "object", start, properties, ...end };
  }

  #value(key: string): JsonNode | undefined {
    if (!isEntrySection(key) || this.#tokens.kind !== Token.openBrace) return this.#values.propertyValue(1);
    return this.#sections.read(this.#previousSection(key));
  }

  #previousSection(key: string): SectionNode | undefined {
    return sectionIn(propertyOf(this.#previous?.root, key)?.value);
  }
}

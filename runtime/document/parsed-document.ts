import type { Graph } from "../model/graph.js";
import type { JsonObject } from "../model/json.js";
import type { Problem, TextRange } from "../model/problem.js";

/** Where an entry of a section stands in the text. */
export interface EntryRange {
  /** The key with its quotes. */
  readonly key: TextRange;
  /** The value. */
  readonly value: TextRange;
}

/** A map that is only looked at, in the order of the document. Listing it costs what it holds; `get` and `has` do not. */
export interface Lookup<Value> extends Iterable<readonly [string, Value]> {
  readonly size: number;
  get(key: string): Value | undefined;
  has(key: string): boolean;
  keys(): Iterable<string>;
  /**
   * The keys that have another value than in `earlier`, of an earlier text; undefined where keys came, went or moved, or where that
   * cannot be told. Costs what changed.
   */
  changedFrom(earlier: Lookup<Value>): readonly string[] | undefined;
}

/**
 * A document's text, understood as far as it can be. Always a value: a text in any state of disrepair has a graph (what could
 * be read) and problems (what could not).
 */
export interface ParsedDocument {
  readonly text: string;
  /** What could be read; entries with an error of their own are left out. */
  readonly graph: Graph;
  readonly problems: readonly Problem[];
  /** False while any problem is an error: such a graph is not compiled. */
  readonly valid: boolean;
  /** True for a document of a newer format: shown, never edited. */
  readonly readOnly: boolean;
  /** The raw JSON of each entry that is an object, as the inspector shows it, broken ones included. */
  readonly raw: {
    readonly nodes: Lookup<JsonObject>;
    readonly edges: Lookup<JsonObject>;
    readonly channels: Lookup<JsonObject>;
    readonly notes: Lookup<JsonObject>;
    readonly groups: Lookup<JsonObject>;
  };
  readonly ranges: {
    readonly nodes: Lookup<EntryRange>;
    readonly edges: Lookup<EntryRange>;
    readonly channels: Lookup<EntryRange>;
    readonly notes: Lookup<EntryRange>;
    readonly groups: Lookup<EntryRange>;
  };
}

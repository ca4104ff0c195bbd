import type { Position } from "../../model/graph.js";
import type { NodeId } from "../../model/ids.js";
import type { Intent } from "../intent.js";
import type { ParsedDocument } from "../parsed-document.js";
import { placesOf } from "./places.js";

const COLUMN = 280;

/** Where nodes that take the place of one stand: as they stood to one another, with room made to their right. */
export class InlinePlaces {
  readonly #here: ReadonlyMap<NodeId, Position>;
  readonly #there: ReadonlyMap<NodeId, Position>;
  readonly #node: NodeId;
  readonly #at: Position;
  readonly #from: Position;
  readonly #width: number;

  constructor(parsed: ParsedDocument, inside: ParsedDocument, node: NodeId) {
    this.#here = placesOf(parsed);
    this.#node = node;
    this.#at = this.#here.get(node) ?? [0, 0];
    const own = new Set(inside.raw.nodes.keys());
    this.#there = new Map([...placesOf(inside)].filter(([id]) => own.has(id)));
    const all = [...this.#there.values()];
    const [left, right] = all.length === 0 ? [0, 0] : [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
    const [top, bottom] = all.length === 0 ? [0, 0] : [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
    this.#from = [left, (top + bottom) / 2];
    this.#width = right - left;
  }

  /** The place of a node of the inner graph. */
  of(id: NodeId): Position {
    const [x, y] = this.#there.get(id) ?? this.#from;
    return [x - this.#from[0] + this.#at[0], y - this.#from[1] + this.#at[1]];
  }

  /** Before and behind them. */
  get begin(): Position {
    return [this.#at[0] - COLUMN / 2, this.#at[1] + COLUMN / 2];
  }

  get after(): Position {
    return [this.#at[0] + this.#width + COLUMN, this.#at[1]];
  }

  /** Moves what stands to the right of the node aside. */
  room(): readonly Intent[] {
    if (this.#width === 0) return [];
    const right = [...this.#here].filter(([id, [x]]) => id !== this.#node && x > this.#at[0]);
    const positions = Object.fromEntries(right.map(([id, [x, y]]): [NodeId, Position] => [id, [x + this.#width, y]]));
    return right.length === 0 ? [] : [{ type: "node/move", positions }];
  }
}

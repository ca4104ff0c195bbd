/** Values a node of the tree holds: 2 to the power of this. */
const BITS = 5;
const MASK = 31;

/** A leaf holds values, any other node the nodes below it. */
type Trunk = readonly unknown[];

/**
 * A persistent list: `set` costs the logarithm of its length and leaves the vector as it was for whoever holds it. Versions
 * share all that they have in common.
 */
export class Vector<V> {
  static readonly #empty = new Vector<never>([], 0, 0);
  readonly #root: Trunk;
  /** Levels above the leaves. */
  readonly #height: number;
  readonly length: number;

  private constructor(root: Trunk, height: number, length: number) {
    this.#root = root;
    this.#height = height;
    this.length = length;
  }

  /** The vector with nothing in it. */
  static empty<V>(): Vector<V> {
    return Vector.#empty;
  }

  /** A vector of these values. */
  static from<V>(values: readonly V[]): Vector<V> {
    let level: Trunk = values;
    let height = 0;
    while (level.length > MASK + 1) {
      level = grouped(level);
      height += 1;
    }
    return new Vector<V>(height === 0 ? [...level] : level, height, values.length);
  }

  get(index: number): V | undefined {
    if (index < 0 || index >= this.length) return undefined;
    let node = this.#root;
    for (let level = this.#height; level > 0; level -= 1) node = node[(index >>> (level * BITS)) & MASK] as Trunk;
    return node[index & MASK] as V;
  }

  /** With another value at a place; the place after the last adds one. */
  set(index: number, value: V): Vector<V> {
    if (index < 0 || index > this.length) throw new RangeError(`There is no place ${index} in a vector of ${this.length}.`);
    const full = index === (MASK + 1) ** (this.#height + 1);
    const height = full ? this.#height + 1 : this.#height;
    return new Vector(put(full ? [this.#root] : this.#root, height, index, value), height, Math.max(this.length, index + 1));
  }

  push(value: V): Vector<V> {
    return this.set(this.length, value);
  }

  /** Calls back with each value in order: quicker than an iterator where lists are long. */
  forEach(visit: (value: V) => void): void {
    walk(this.#root, this.#height, visit as (value: unknown) => void);
  }
}

function grouped(level: Trunk): Trunk {
  const groups: Trunk[] = [];
  for (let at = 0; at < level.length; at += MASK + 1) groups.push(level.slice(at, at + MASK + 1));
  return groups;
}

function put(node: Trunk, level: number, index: number, value: unknown): Trunk {
  const copy = node.slice();
  const at = (index >>> (level * BITS)) & MASK;
  copy[at] = level === 0 ? value : put((copy[at] as Trunk | undefined) ?? [], level - 1, index, value);
  return copy;
}

function walk(node: Trunk, level: number, visit: (value: unknown) => void): void {
  if (level === 0) for (const value of node) visit(value);
  else for (const child of node) walk(child as Trunk, level - 1, visit);
}

// A persistent map from string to value (a hash array mapped trie, 32 branches a level).
//
// Invariants:
// 1. A table never changes; `set` and `delete` make a new one that shares every untouched branch.
// 2. Two tables derived from one another are diffed by walking only the branches that they do not share.
// 3. Setting a value that is already there (by identity) returns the same table.

const BITS = 5;
const MASK = 31;
const HASH_BITS = 32;

interface Leaf<V> {
  readonly key: string;
  readonly hash: number;
  readonly value: V;
}

interface Branch<V> {
  /** Bit i is set where child i exists. */
  readonly map: number;
  readonly children: readonly Slot<V>[];
}

/** Leaves whose keys have one and the same hash. */
interface Bucket<V> {
  readonly hash: number;
  readonly leaves: readonly Leaf<V>[];
}

type Slot<V> = Leaf<V> | Branch<V> | Bucket<V>;

/** One difference between two tables. */
export interface TableChange<V> {
  readonly key: string;
  /** Absent: added. */
  readonly before?: V;
  /** Absent: removed. */
  readonly after?: V;
}

/** A persistent map with string keys. Order of iteration is by hash, the same for the same keys. */
export class Table<V> implements Iterable<readonly [string, V]> {
  static readonly #empty = new Table<never>(undefined, 0);
  readonly #root: Slot<V> | undefined;
  readonly size: number;

  private constructor(root: Slot<V> | undefined, size: number) {
    this.#root = root;
    this.size = size;
  }

  /** The table with nothing in it. */
  static empty<V>(): Table<V> {
    return Table.#empty;
  }

  /** A table of these entries; of two with one key the later wins. Costs much less than setting them one by one. */
  static from<V>(entries: Iterable<readonly [string, V]>): Table<V> {
    const leaves: Leaf<V>[] = [];
    for (const [key, value] of entries) leaves.push({ key, hash: hashOf(key), value });
    const root = grown(leaves, 0);
    return root === undefined ? Table.empty() : new Table(root, countIn(root));
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let slot = this.#root;
    for (let shift = 0; slot !== undefined; shift += BITS) {
      if ("children" in slot) slot = childAt(slot, (hash >>> shift) & MASK);
      else return leafIn(slot, key)?.value;
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): Table<V> {
    const old = this.get(key);
    if (old === value && value !== undefined) return this; // invariant 3
    const root = insert(this.#root, { key, hash: hashOf(key), value }, 0);
    return new Table(root, old === undefined ? this.size + 1 : this.size);
  }

  delete(key: string): Table<V> {
    if (!this.has(key)) return this;
    return this.size === 1 ? Table.empty() : new Table(remove(this.#root as Slot<V>, key, hashOf(key), 0), this.size - 1);
  }

  *[Symbol.iterator](): Iterator<readonly [string, V]> {
    for (const leaf of leavesOf(this.#root)) yield [leaf.key, leaf.value];
  }

  *keys(): Iterable<string> {
    for (const leaf of leavesOf(this.#root)) yield leaf.key;
  }

  *values(): Iterable<V> {
    for (const leaf of leavesOf(this.#root)) yield leaf.value;
  }

  /** Calls back with each entry, in the order of iteration: quicker than an iterator where tables are large. */
  forEach(visit: (value: V, key: string) => void): void {
    if (this.#root !== undefined) walk(this.#root, visit);
  }

  /** A table with the same keys and other values, without those for which `make` gives undefined. Costs no looking up. */
  map<W>(make: (value: V, key: string) => W | undefined): Table<W> {
    const root = this.#root === undefined ? undefined : mapped(this.#root, make);
    return root === undefined ? Table.empty() : new Table(root, countIn(root));
  }

  /** What changed from `this` to `next`, in no particular order; values are compared by identity (invariant 2). */
  diff(next: Table<V>): TableChange<V>[] {
    const changes: TableChange<V>[] = [];
    diffSlots(this.#root, next.#root, 0, changes);
    return changes;
  }
}

/** FNV-1a over UTF-16 code units, mixed so that near keys spread. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

function popCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function childAt<V>(branch: Branch<V>, index: number): Slot<V> | undefined {
  const bit = 1 << index;
  return (branch.map & bit) === 0 ? undefined : branch.children[popCount(branch.map & (bit - 1))];
}

function leafIn<V>(slot: Leaf<V> | Bucket<V>, key: string): Leaf<V> | undefined {
  if ("leaves" in slot) return slot.leaves.find((leaf) => leaf.key === key);
  return slot.key === key ? slot : undefined;
}

function* leavesOf<V>(slot: Slot<V> | undefined): Iterable<Leaf<V>> {
  if (slot === undefined) return;
  if ("children" in slot) for (const child of slot.children) yield* leavesOf(child);
  else if ("leaves" in slot) yield* slot.leaves;
  else yield slot;
}

function walk<V>(slot: Slot<V>, visit: (value: V, key: string) => void): void {
  if ("children" in slot) for (const child of slot.children) walk(child, visit);
  else if ("leaves" in slot) for (const leaf of slot.leaves) visit(leaf.value, leaf.key);
  else visit(slot.value, slot.key);
}

function mapped<V, W>(slot: Slot<V>, make: (value: V, key: string) => W | undefined): Slot<W> | undefined {
  if ("leaves" in slot)
    return inserted(
      slot.leaves.flatMap((leaf) => mappedLeaf(leaf, make) ?? []),
      HASH_BITS,
    );
  if (!("children" in slot)) return mappedLeaf(slot, make);
  const children: Slot<W>[] = [];
  let [map, rest] = [0, slot.map];
  for (const child of slot.children) {
    const other = mapped(child, make);
    if (other !== undefined) map |= rest & -rest;
    if (other !== undefined) children.push(other);
    rest &= rest - 1;
  }
  return folded({ map, children });
}

function mappedLeaf<V, W>({ key, hash, value }: Leaf<V>, make: (value: V, key: string) => W | undefined): Leaf<W> | undefined {
  const other = make(value, key);
  return other === undefined ? undefined : { key, hash, value: other };
}

function countIn<V>(root: Slot<V>): number {
  let count = 0;
  walk(root, () => (count += 1));
  return count;
}

/** So few leaves are set one by one. */
const FEW = 16;

/** What setting these leaves one after the other makes. */
function grown<V>(leaves: readonly Leaf<V>[], shift: number): Slot<V> | undefined {
  if (leaves.length <= FEW || shift >= HASH_BITS) return inserted(leaves, shift);
  const groups: Leaf<V>[][] = Array.from({ length: MASK + 1 }, () => []);
  for (const leaf of leaves) groups[(leaf.hash >>> shift) & MASK]?.push(leaf);
  const children: Slot<V>[] = [];
  let map = 0;
  for (const [index, group] of groups.entries()) {
    const child = grown(group, shift + BITS);
    if (child === undefined) continue;
    children.push(child);
    map |= 1 << index;
  }
  return folded({ map, children });
}

function inserted<V>(leaves: readonly Leaf<V>[], shift: number): Slot<V> | undefined {
  let slot: Slot<V> | undefined;
  for (const leaf of leaves) slot = insert(slot, leaf, shift);
  return slot;
}

function insert<V>(slot: Slot<V> | undefined, leaf: Leaf<V>, shift: number): Slot<V> {
  if (slot === undefined) return leaf;
  if ("children" in slot) {
    const index = (leaf.hash >>> shift) & MASK;
    return withChild(slot, index, insert(childAt(slot, index), leaf, shift + BITS));
  }
  if (slot.hash !== leaf.hash) return split(slot, leaf, shift);
  const leaves = "leaves" in slot ? slot.leaves : [slot];
  const place = leaves.findIndex(({ key }) => key === leaf.key);
  if (place === -1) return { hash: leaf.hash, leaves: [...leaves, leaf] };
  return "leaves" in slot ? { hash: leaf.hash, leaves: leaves.with(place, leaf) } : leaf;
}

function split<V>(slot: Leaf<V> | Bucket<V>, leaf: Leaf<V>, shift: number): Branch<V> {
  const a = (slot.hash >>> shift) & MASK;
  const b = (leaf.hash >>> shift) & MASK;
  if (a === b) return { map: 1 << a, children: [split(slot, leaf, shift + BITS)] };
  return { map: (1 << a) | (1 << b), children: a < b ? [slot, leaf] : [leaf, slot] };
}

function withChild<V>(branch: Branch<V>, index: number, child: Slot<V> | undefined): Branch<V> {
  const bit = 1 << index;
  const at = popCount(branch.map & (bit - 1));
  const children = branch.children.slice();
  if ((branch.map & bit) !== 0) {
    if (child === undefined) children.splice(at, 1);
    else children[at] = child;
    return { map: child === undefined ? branch.map & ~bit : branch.map, children };
  }
  if (child !== undefined) children.splice(at, 0, child);
  return { map: child === undefined ? branch.map : branch.map | bit, children };
}

function remove<V>(slot: Slot<V>, key: string, hash: number, shift: number): Slot<V> | undefined {
  if ("children" in slot) {
    const index = (hash >>> shift) & MASK;
    const child = childAt(slot, index);
    const left = child === undefined ? undefined : remove(child, key, hash, shift + BITS);
    return folded(withChild(slot, index, left));
  }
  if (!("leaves" in slot)) return undefined;
  const leaves = slot.leaves.filter((leaf) => leaf.key !== key);
  return leaves.length === 1 ? leaves[0] : { hash: slot.hash, leaves };
}

/** A branch with one leaf is folded into it, so that equal contents have equal shapes. */
function folded<V>(branch: Branch<V>): Slot<V> | undefined {
  const [only] = branch.children;
  return only === undefined || (branch.children.length === 1 && !("children" in only)) ? only : branch;
}

function diffSlots<V>(a: Slot<V> | undefined, b: Slot<V> | undefined, shift: number, changes: TableChange<V>[]): void {
  if (a === b) return; // invariant 2
  if (a !== undefined && b !== undefined && "children" in a && "children" in b) {
    for (let bits = a.map | b.map; bits !== 0; bits &= bits - 1) {
      const index = 31 - Math.clz32(bits & -bits);
      diffSlots(childAt(a, index), childAt(b, index), shift + BITS, changes);
    }
    return;
  }
  if (a === undefined || b === undefined) {
    if (a !== undefined) walk(a, (before, key) => changes.push({ key, before }));
    if (b !== undefined) walk(b, (after, key) => changes.push({ key, after }));
    return;
  }
  if ("key" in a && "key" in b && a.key === b.key) {
    if (a.value !== b.value) changes.push({ key: a.key, before: a.value, after: b.value });
    return;
  }
  const before = new Map([...leavesOf(a)].map((leaf) => [leaf.key, leaf.value]));
  for (const leaf of leavesOf(b)) {
    if (!before.has(leaf.key)) changes.push({ key: leaf.key, after: leaf.value });
    else if (before.get(leaf.key) !== leaf.value) changes.push({ key: leaf.key, before: before.get(leaf.key) as V, after: leaf.value });
    before.delete(leaf.key);
  }
  for (const [key, value] of before) changes.push({ key, before: value });
}

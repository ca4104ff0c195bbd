/** Things in order, of which only the first is ever wanted: adding, moving and removing one costs the logarithm of their number. */
export class Heap<Item> {
  readonly #before: (a: Item, b: Item) => boolean;
  readonly #items: Item[] = [];
  readonly #places = new Map<Item, number>();

  /** `before` is a strict order; whoever changes what it looks at calls `set` for the item. */
  constructor(before: (a: Item, b: Item) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  get first(): Item | undefined {
    return this.#items[0];
  }

  /** Adds an item, or moves it to where it belongs now. */
  set(item: Item): void {
    const place = this.#places.get(item) ?? this.#items.length;
    this.#put(item, place);
    this.#settle(item, place);
  }

  delete(item: Item): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    this.#put(last, place);
    this.#settle(last, place);
  }

  #settle(item: Item, place: number): void {
    this.#sink(item, this.#rise(item, place));
  }

  #rise(item: Item, from: number): number {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#items[parent];
      if (above === undefined || !this.#before(item, above)) break;
      this.#put(above, place);
      place = parent;
    }
    this.#put(item, place);
    return place;
  }

  #sink(item: Item, from: number): void {
    let place = from;
    for (;;) {
      const child = this.#earlierChild(place);
      const below = child === undefined ? undefined : this.#items[child];
      if (child === undefined || below === undefined || !this.#before(below, item)) break;
      this.#put(below, place);
      place = child;
    }
    this.#put(item, place);
  }

  #earlierChild(place: number): number | undefined {
    const left = 2 * place + 1;
    const [a, b] = [this.#items[left], this.#items[left + 1]];
    if (a === undefined) return undefined;
    return b !== undefined && this.#before(b, a) ? left + 1 : left;
  }

  #put(item: Item, place: number): void {
    this.#items[place] = item;
    this.#places.set(item, place);
  }
}

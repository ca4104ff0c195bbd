/** Places that somebody was at, to go back to and forward again. Pure. */
export class PlaceHistory<Place> {
  readonly #most: number;
  readonly #same: (a: Place, b: Place) => boolean;
  #back: readonly Place[] = [];
  #forward: readonly Place[] = [];

  /** `most`: how many places are kept; the oldest go first. */
  constructor(most: number, same: (a: Place, b: Place) => boolean) {
    this.#most = most;
    this.#same = same;
  }

  get canGoBack(): boolean {
    return this.#back.length > 0;
  }

  get canGoForward(): boolean {
    return this.#forward.length > 0;
  }

  /** Somebody jumps away from here: what lay ahead is forgotten. */
  leave(here: Place): void {
    this.#back = this.#with(this.#back, here);
    this.#forward = [];
  }

  /** The place before; `here` lies ahead from then on. */
  goBack(here: Place): Place | undefined {
    const [place, rest] = this.#takenFrom(this.#back, here);
    this.#back = rest;
    if (place !== undefined) this.#forward = this.#with(this.#forward, here);
    return place;
  }

  /** The place that lay ahead; `here` is behind from then on. */
  goForward(here: Place): Place | undefined {
    const [place, rest] = this.#takenFrom(this.#forward, here);
    this.#forward = rest;
    if (place !== undefined) this.#back = this.#with(this.#back, here);
    return place;
  }

  /** A place that is the same as here is no step. */
  #takenFrom(places: readonly Place[], here: Place): readonly [Place | undefined, readonly Place[]] {
    const at = places.findLastIndex((place) => !this.#same(place, here));
    return [places[at], places.slice(0, Math.max(at, 0))];
  }

  #with(places: readonly Place[], place: Place): readonly Place[] {
    const last = places.at(-1);
    return last !== undefined && this.#same(last, place) ? places : [...places, place].slice(-this.#most);
  }
}

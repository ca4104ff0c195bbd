import type { Lookup } from "../../runtime/document/parsed-document.js";
import type { JsonObject } from "../../runtime/model/json.js";

interface Listed<View> {
  readonly raw: Lookup<JsonObject>;
  readonly views: View[];
  /** Where the view of an entry is in the list. */
  readonly places: ReadonlyMap<string, number>;
}

/** The views of a section's entries, made once for each entry: an edit makes those of the entries that it changed. */
export class KeptViews<View> {
  readonly #make: (id: string, fields: JsonObject) => View | undefined;
  #last: Listed<View> | undefined;

  /** `make` gives undefined for an entry that cannot be shown. */
  constructor(make: (id: string, fields: JsonObject) => View | undefined) {
    this.#make = make;
  }

  /** In the order of the document; the same list where nothing has changed. Nobody may change it. */
  of(raw: Lookup<JsonObject>): View[] {
    if (this.#last?.raw !== raw) this.#last = (this.#last && this.#changed(this.#last, raw)) ?? this.#anew(raw);
    return this.#last.views;
  }

  /** The last list with other views in some places; undefined where that is not all. */
  #changed({ raw: before, views, places }: Listed<View>, raw: Lookup<JsonObject>): Listed<View> | undefined {
    const changed = raw.changedFrom(before);
    if (changed === undefined) return undefined;
    const next = [...views];
    for (const id of changed) {
      const [fields, place] = [raw.get(id), places.get(id)];
      const view = fields && this.#make(id, fields);
      if (view === undefined || place === undefined) return undefined;
      next[place] = view;
    }
    return { raw, views: changed.length === 0 ? views : next, places };
  }

  #anew(raw: Lookup<JsonObject>): Listed<View> {
    const views: View[] = [];
    const places = new Map<string, number>();
    for (const [id, fields] of raw) {
      const view = this.#make(id, fields);
      if (view === undefined) continue;
      places.set(id, views.length);
      views.push(view);
    }
    return { raw, views, places };
  }
}

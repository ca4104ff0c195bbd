import type { Condition, EdgeDef } from "../model/graph.js";
import { Table } from "../model/table.js";
import type { Entry, Section } from "./section.js";

/** An edge as the checks across entries see it; also one with errors, as long as it says where it goes. */
export interface Link {
  readonly id: string;
  readonly entry: Entry<EdgeDef>;
  readonly from: string;
  readonly to: string;
  /** Absent for an edge whose condition could not be read. */
  readonly condition: Condition | undefined;
}

/** The edges of a document by their ends. Lists are in the order of ids: what is found does not depend on the order in the text. */
export class Links {
  static readonly none = new Links(Table.empty(), Table.empty());
  readonly #leaving: Table<readonly Link[]>;
  readonly #entering: Table<readonly Link[]>;

  private constructor(leaving: Table<readonly Link[]>, entering: Table<readonly Link[]>) {
    this.#leaving = leaving;
    this.#entering = entering;
  }

  /** The links of a section. */
  static of(edges: Section<EdgeDef>): Links {
    const leaving = new Map<string, Link[]>();
    const entering = new Map<string, Link[]>();
    edges.entries.forEach((entry, id) => {
      const link = linkOf(id, entry);
      if (link === undefined) return;
      push(leaving, link.from, link);
      push(entering, link.to, link);
    });
    for (const lists of [leaving, entering]) for (const list of lists.values()) if (list.length > 1) list.sort(byId);
    return new Links(Table.from(leaving), Table.from(entering));
  }

  /** The links of a section that was another one before. Costs what changed. */
  changed(before: Section<EdgeDef>, after: Section<EdgeDef>): Links {
    let [leaving, entering] = [this.#leaving, this.#entering];
    for (const change of before.entries.diff(after.entries)) {
      const old = linkOf(change.key, change.before);
      const link = linkOf(change.key, change.after);
      leaving = withLink(withoutLink(leaving, old?.from, change.key), link?.from, link);
      entering = withLink(withoutLink(entering, old?.to, change.key), link?.to, link);
    }
    return new Links(leaving, entering);
  }

  leaving(id: string): readonly Link[] {
    return this.#leaving.get(id) ?? [];
  }

  entering(id: string): readonly Link[] {
    return this.#entering.get(id) ?? [];
  }

  /** All ids that links leave from. */
  sources(): Iterable<string> {
    return this.#leaving.keys();
  }
}

/** An edge as a link; undefined where it does not say where it goes. */
export function linkOf(id: string, entry: Entry<EdgeDef> | undefined): Link | undefined {
  const from = entry?.json?.["from"];
  const to = entry?.json?.["to"];
  if (entry === undefined || typeof from !== "string" || typeof to !== "string") return undefined;
  return { id, entry, from, to, condition: entry.def?.condition };
}

type Lists = Table<readonly Link[]>;

function withoutLink(lists: Lists, end: string | undefined, id: string): Lists {
  if (end === undefined) return lists;
  const others = (lists.get(end) ?? []).filter((link) => link.id !== id);
  return others.length === 0 ? lists.delete(end) : lists.set(end, others);
}

function withLink(lists: Lists, end: string | undefined, link: Link | undefined): Lists {
  if (end === undefined || link === undefined) return lists;
  return lists.set(end, [...(lists.get(end) ?? []), link].sort(byId));
}

function byId(a: Link, b: Link): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function push(lists: Map<string, Link[]>, key: string, link: Link): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [link]);
  else list.push(link);
}

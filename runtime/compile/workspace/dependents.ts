/** A graph that something has changed for, and why, in words. */
export interface Dependent {
  readonly graph: string;
  readonly reason: string;
}

/** What a graph is made of beside its own text: absolute path -> what the graph calls it. Files and other graphs alike. */
export type Needs = ReadonlyMap<string, string>;

/** Who depends on what: graphs on the files that they run and on the graphs that they contain. Paths are absolute. */
export class Dependents {
  readonly #needs = new Map<string, Needs>();
  readonly #users = new Map<string, Set<string>>();

  /** What a graph needs now. */
  set(graph: string, needs: Needs): void {
    this.delete(graph);
    this.#needs.set(graph, needs);
    for (const path of needs.keys()) {
      const users = this.#users.get(path);
      if (users === undefined) this.#users.set(path, new Set([graph]));
      else users.add(graph);
    }
  }

  /** The graph is gone. Those that need it still do. */
  delete(graph: string): void {
    for (const path of this.#needs.get(graph)?.keys() ?? []) {
      const users = this.#users.get(path);
      users?.delete(graph);
      if (users?.size === 0) this.#users.delete(path);
    }
    this.#needs.delete(graph);
  }

  /** Everything that some graph needs. */
  get paths(): Iterable<string> {
    return this.#users.keys();
  }

  /** The graphs that a change of a file or of a graph concerns, each once, the nearest first; without the graph itself. */
  of(path: string): readonly Dependent[] {
    const found = new Map<string, string>();
    const reached = new Set([path]);
    for (const changed of reached) {
      for (const graph of this.#users.get(changed) ?? []) {
        if (reached.has(graph)) continue;
        reached.add(graph); // a set grows while it is walked
        const name = this.#needs.get(graph)?.get(changed) ?? changed;
        found.set(graph, this.#needs.has(changed) ? `graph ${name} changed` : `${name} changed`);
      }
    }
    return [...found].map(([graph, reason]) => ({ graph, reason }));
  }
}

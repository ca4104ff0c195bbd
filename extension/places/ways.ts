import { dirname } from "node:path";
import { Emitter } from "../emitter.js";
import type { WayView } from "../../webview/protocol/places.js";
import { callersOf, titleOf, type Caller, type Look } from "./callers.js";

/** What ways are found by. */
export interface WaySources {
  readonly look: Look;
  /** Paths of the graphs that may run a graph. */
  readonly users: (file: string) => Iterable<string>;
}

/** How people came to the graphs that others run, and who runs them. Graphs are named by their paths. */
export class Ways {
  readonly #sources: WaySources;
  /** By the graph that was opened: the node from which. */
  readonly #from = new Map<string, Pick<Caller, "file" | "node">>();
  readonly #changed = new Emitter<string>();

  /** Somebody came to this graph another way. */
  readonly onDidChange = this.#changed.event;

  constructor(sources: WaySources) {
    this.#sources = sources;
  }

  /** Somebody opens a graph from a node that runs it. */
  came(to: string, from: Pick<Caller, "file" | "node">): void {
    this.#from.set(to, from);
    this.#changed.fire(to);
  }

  callers(file: string): readonly Caller[] {
    return callersOf(file, this.#sources.users(file), this.#sources.look);
  }

  /** The nodes on the way to a graph, the outermost first. A graph that contains itself is no longer way. */
  crumbs(file: string): readonly Caller[] {
    const crumbs: Caller[] = [];
    const seen = new Set([file]);
    for (let from = this.#from.get(file); from !== undefined && !seen.has(from.file); from = this.#from.get(from.file)) {
      seen.add(from.file);
      const { file: outer, node } = from;
      const found = this.#sources.look(dirname(outer), outer);
      const graph = found.found === "file" ? found.document.graph : undefined;
      const def = graph?.nodes.get(node);
      if (graph === undefined || def === undefined) break; // it was edited away meanwhile
      crumbs.unshift({ file: outer, title: titleOf(outer, graph.title), node, label: def.label ?? node });
    }
    return crumbs;
  }

  /** The way to a graph, as its canvas shows it. */
  view(file: string, title: string): WayView {
    const crumbs = this.crumbs(file).map(({ title: graph, label: node }) => ({ graph, node }));
    return { crumbs, here: titleOf(file, title), callers: this.callers(file).length };
  }
}

import { basename, dirname, join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { handlerOf, usesGraph } from "../../../runtime/model/graph.js";
import { handlerName } from "../../../runtime/model/handler-name.js";
import { sourceOf } from "./stage.js";
import type { DebugTarget } from "./target.js";

/** The documents that a run may go through, from that of its graph on, and the modules that their nodes call. */
export function loadedSources(target: DebugTarget): readonly DebugProtocol.Source[] {
  const graphs = new Map<string, DebugProtocol.Source>();
  const handlers = new Map<string, DebugProtocol.Source>();
  const visit = (within: readonly string[]): void => {
    const file = target.graph(within);
    if (file === undefined || graphs.has(file.path)) return;
    graphs.set(file.path, sourceOf(file));
    for (const node of file.parsed.graph.nodes.values()) {
      const handler = handlerOf(node);
      if (handler !== undefined) {
        const path = join(dirname(file.path), handlerName(handler).path);
        handlers.set(path, { name: basename(path), path, origin: "handler" });
      }
      if (usesGraph(node)) visit([...within, node.graph]);
    }
  };
  visit([]);
  return [...graphs.values(), ...[...handlers].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source)];
}

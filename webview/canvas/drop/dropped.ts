// What is dropped on the canvas: files of the workspace by their URIs, or text with nodes. Pure.
import type { Intent } from "../../../runtime/document/intent.js";
import type { PlacedFiles } from "../../protocol/palette.js";
import type { GraphView } from "../../protocol/views.js";
import { applyIntents } from "../../store/optimistic.js";
import type { PalettePlace } from "../../store/state.js";
import { chosenIntents } from "../palette/chosen.js";

/** The types in which VS Code's explorer and tabs name what is dragged, the fullest first; the DOM tells them in small letters. */
const CODE_LIST = "application/vnd.code.uri-list";
const CODE_URLS = "resourceurls";
/** VS Code puts the first file alone here. */
const LIST = "text/uri-list";

/** Whether a drag carries something that the canvas takes, as far as its types tell before the drop. */
export function isWelcome(types: readonly string[]): boolean {
  return [CODE_LIST, CODE_URLS, LIST, "text/plain", "Files"].some((type) => types.includes(type));
}

/** The URIs that were dropped; `get` gives the text of a type, empty where there is none. */
export function droppedUris(get: (type: string) => string): readonly string[] {
  const listed = lines(get(CODE_LIST));
  if (listed.length > 0) return listed;
  const urls = readUrls(get(CODE_URLS));
  return urls.length > 0 ? urls : lines(get(LIST));
}

function lines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
}

function readUrls(text: string): readonly string[] {
  try {
    const urls: unknown = JSON.parse(text);
    return Array.isArray(urls) ? urls.filter((url) => typeof url === "string") : [];
  } catch {
    return [];
  }
}

/** The node that files may be dropped onto, and the field of it that names one; undefined for nodes that name none of that kind. */
export function fieldFor(graph: GraphView, node: string | undefined, file: PlacedFiles["files"][number] | undefined): string | undefined {
  const fields = graph.nodes.find(({ id }) => id === node)?.fields;
  if (fields === undefined || file === undefined) return undefined;
  const wanted = file.kind === "handler" ? "handler" : "graph";
  const kinds = wanted === "handler" ? ["code", "map"] : ["subgraph", "map"];
  if (!kinds.includes(String(fields["kind"]))) return undefined;
  // A map that runs a graph does not run a handler besides.
  return fields["kind"] === "map" && fields[wanted] === undefined ? undefined : wanted;
}

/** The edit that files come to at a place, or on a node that can name the only one of them; and the nodes that are to be selected. */
export function droppedIntents(
  graph: GraphView,
  files: PlacedFiles["files"],
  place: Pick<PalettePlace, "position" | "view">,
  onto?: string,
): { readonly intents: readonly Intent[]; readonly ids: readonly string[] } {
  const [first, ...more] = files;
  const field = more.length > 0 ? undefined : fieldFor(graph, onto, first);
  if (first !== undefined && onto !== undefined && field !== undefined)
    return { intents: [{ type: "node/update", id: onto, patch: { [field]: first.path } }], ids: [onto] };
  let next = graph;
  const intents: Intent[] = [];
  const ids: string[] = [];
  for (const { kind, path } of files) {
    const added = chosenIntents(next, { type: kind, path }, place);
    next = applyIntents(next, added.intents);
    intents.push(...added.intents);
    ids.push(...added.ids);
  }
  return { intents, ids };
}

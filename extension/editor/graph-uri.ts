/** What a graph document's name ends with. */
export const GRAPH_SUFFIX = ".patchbay.json";

/** The canvas's view type, as package.json declares it. */
export const VIEW_TYPE = "patchbay.graph";

/** The language of graphs, as package.json declares it. */
export const LANGUAGE = "patchbay";

/** Whether a path or file name is that of a graph document. */
export function isGraphPath(path: string): boolean {
  return path.toLowerCase().endsWith(GRAPH_SUFFIX);
}

/** A graph's name without folder and suffix. */
export function stemOf(fileName: string): string {
  return isGraphPath(fileName) ? fileName.slice(0, -GRAPH_SUFFIX.length) : fileName;
}

/** The folder of types, from the folder of the graph. */
const TYPES_FOLDER = ".patchbay/types";

const SUFFIX = /(?:\.patchbay)?\.json$/i;

/** What a graph's file is called without `.patchbay.json`. */
export function graphName(file: string): string {
  return file.replace(SUFFIX, "");
}

/** The file of types of a graph, from its folder. */
export function typesFile(name: string): string {
  return `${TYPES_FOLDER}/${name}.d.ts`;
}

/** How a handler's module imports the types of its graph: undefined for one outside of the graph's folder. */
export function typesImport(module: string, name: string): string | undefined {
  const folders = module.split("/").slice(0, -1);
  let depth = 0;
  for (const folder of folders) {
    if (folder === ".." && depth === 0) return undefined;
    depth += folder === ".." ? -1 : folder === "." || folder === "" ? 0 : 1;
  }
  return `${depth === 0 ? "./" : "../".repeat(depth)}${typesFile(name)}`;
}

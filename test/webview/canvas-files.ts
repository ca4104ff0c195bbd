// What a page with a canvas is made of: the webview's bundle, and the fake host of `harness.ts`.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { inProject } from "../../scripts/layout.mjs";

/** Files by name. */
export type CanvasFiles = ReadonlyMap<string, Buffer>;

/** What is bundled, and how. */
export interface Programs {
  /** Programs beside the webview's, by name, each with a page of that name. */
  readonly more?: Readonly<Record<string, string>>;
  /** As it ships: what is measured, not looked into. */
  readonly minify?: boolean;
}

/** Bundles the webview and the fake host, from the sources as they are now. */
export async function bundleCanvas({ more = {}, minify = false }: Programs = {}): Promise<CanvasFiles> {
  const { outputFiles } = await build({
    entryPoints: {
      main: inProject("webview/main.tsx"),
      harness: inProject("test/webview/harness.ts"),
      ...Object.fromEntries(Object.entries(more).map(([name, path]) => [name, inProject(path)])),
    },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    minify,
    keepNames: !minify,
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".ttf": "file" },
    assetNames: "[name]",
    outdir: "/",
    logLevel: "warning",
  });
  const files = new Map(outputFiles.map((file) => [file.path.slice(1), Buffer.from(file.contents)]));
  for (const name of ["harness.html", "themes.css"]) files.set(name, await readFile(inProject("test/webview", name)));
  for (const name of Object.keys(more)) files.set(`${name}.html`, Buffer.from(pageOf(name)));
  return files;
}

function pageOf(name: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8" /><link rel="stylesheet" href="${name}.css" /></head>
<body><div id="root"></div><script src="${name}.js"></script></body></html>`;
}

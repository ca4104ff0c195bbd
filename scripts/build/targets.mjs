import { withoutProtobuf } from "./without-protobuf.mjs";

/** What `npm run build` makes, by name. @typedef {import("esbuild").BuildOptions} BuildOptions */

/** @type {BuildOptions} */
const common = { bundle: true, sourcemap: true, metafile: true, logLevel: "warning", legalComments: "none" };

/** `module` first: some packages' CommonJS entry picks its files at run time, which a bundle cannot follow. @type {BuildOptions} */
const onNode = { ...common, platform: "node", target: "node22", mainFields: ["module", "main"], plugins: [withoutProtobuf] };

/** CommonJS inside an ES module: packages that call `require` for Node's own modules get one. */
const requireBanner = {
  js: 'import { createRequire as patchbayRequire } from "node:module"; const require = patchbayRequire(import.meta.url);',
};

/** @type {Readonly<Record<string, BuildOptions>>} */
export const targets = {
  extension: {
    ...onNode,
    entryPoints: { extension: "extension/extension.ts" },
    outdir: "dist",
    format: "cjs",
    external: ["vscode"],
    minifySyntax: true,
  },
  "handler-process": {
    ...onNode,
    entryPoints: { "handler-process": "runtime/platform/handler-process/main.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    banner: requireBanner,
  },
  "layout-thread": {
    ...onNode,
    entryPoints: { "layout-thread": "runtime/platform/layout-thread/main.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    banner: requireBanner,
    minify: true,
    sourcemap: false,
  },
  cli: { ...onNode, entryPoints: { "cli-main": "runtime/cli/main.ts" }, outdir: "dist", format: "cjs" },
  launcher: {
    ...onNode,
    target: "node18",
    entryPoints: { cli: "runtime/cli/launch.ts" },
    outdir: "dist",
    format: "cjs",
    sourcemap: false,
    banner: { js: "#!/usr/bin/env node" },
  },
  runtime: {
    ...onNode,
    entryPoints: { runtime: "runtime/index.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    banner: requireBanner,
  },
  webview: {
    ...common,
    platform: "browser",
    target: "chrome140",
    entryPoints: { main: "webview/main.tsx" },
    outdir: "dist/webview",
    format: "iife",
    jsx: "automatic",
    minify: true,
    assetNames: "[name]",
    loader: { ".ttf": "file", ".svg": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
  },
};

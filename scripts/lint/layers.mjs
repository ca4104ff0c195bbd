/**
 * Who may import whom, as data. A module is named by its path from the root of the project without its ending
 * ("runtime/model/graph"), a package by its specifier ("react", "node:fs").
 *
 * @typedef {object} Layer
 * @property {string} name  what a report calls the importing side
 * @property {RegExp} files  the modules it speaks of
 * @property {RegExp} [except]  modules among them that it does not speak of
 * @property {RegExp} [only]  imports it accepts; every other one is refused
 * @property {RegExp} [never]  imports it refuses
 * @property {string} why  what a reader is told
 */

/** @type {readonly Layer[]} */
export const layers = [
  {
    name: "runtime",
    files: /^runtime\//,
    never:
      /^(?:vscode|react|react-dom|reactflow|@xyflow|zustand|@vscode-elements|@vscode)(?:\/|$)|^(?:extension|webview|test|scripts|bench)\//,
    why: "the runtime knows no VS Code, DOM or React, and nothing above it",
  },
  {
    name: "runtime core",
    files: /^runtime\//,
    except: /^runtime\/(?:platform|cli)\/|^runtime\/index$/,
    never: /^node:|^runtime\/(?:platform|cli)\/|^runtime\/index$/,
    why: "the core reaches the outside through ports; Node.js is known to runtime/platform and runtime/cli only",
  },
  {
    name: "runtime/model",
    files: /^runtime\/model\//,
    never: /^runtime\/(?!model\/|errors$)/,
    why: "the model stands below everything else but the error codes",
  },
  {
    name: "runtime/types",
    files: /^runtime\/types\//,
    only: /^runtime\/(?:types|model)\//,
    why: "the types of a graph depend on the graph alone",
  },
  {
    name: "runtime/plan",
    files: /^runtime\/plan\//,
    never: /^runtime\/(?:compile|run)\//,
    why: "compile and run meet in the plan, which knows neither",
  },
  {
    name: "runtime/compile",
    files: /^runtime\/compile\//,
    never: /^runtime\/run\//,
    why: "compile and run meet only in the plan",
  },
  {
    name: "runtime/certify",
    files: /^runtime\/certify\//,
    never: /^runtime\/compile\//,
    why: "run uses it, and compile and run meet only in the plan",
  },
  {
    name: "runtime/run",
    files: /^runtime\/run\//,
    never: /^runtime\/compile\//,
    why: "compile and run meet only in the plan",
  },
  {
    name: "extension",
    files: /^extension\//,
    never: /^(?:react|react-dom|reactflow|zustand)(?:\/|$)|^webview\/(?!protocol\/)|^(?:test|scripts|bench)\/|^runtime\/cli\//,
    why: "of the webview the extension host knows the protocol only",
  },
  {
    name: "debug adapter",
    files: /^extension\/debug\/adapter\//,
    never: /^vscode(?:\/|$)|^extension\/(?!debug\/adapter\/)/,
    why: "the debug adapter works over a stream with no VS Code",
  },
  {
    name: "webview",
    files: /^webview\//,
    never: /^(?:vscode(?:\/|$)|node:)|^(?:extension|test|scripts|bench)\/|^runtime\/(?!model\/|document\/intent$)/,
    why: "the webview knows no VS Code, no Node.js, and of the runtime only the model and the intents",
  },
  {
    name: "webview/protocol",
    files: /^webview\/protocol\//,
    only: /^webview\/protocol\/|^runtime\/model\/|^runtime\/document\/intent$|^valibot$/,
    why: "both ends share the protocol, so it is pure",
  },
];

const core = { files: /^runtime\//, except: /^runtime\/(?:platform|cli)\/|^runtime\/index$/ };

/** The core takes time, ids, randomness and the outside from ports: these globals it may not name. */
export const ambient = {
  ...core,
  globals: new Set(
    `setTimeout setInterval setImmediate performance process Buffer fetch crypto console require
     window document navigator localStorage globalThis`.split(/\s+/),
  ),
  /** Of these, everything but the members named. @type {Readonly<Record<string, readonly string[]>>} */
  members: { Date: ["now"], Math: ["random"] },
};

/** Only one module may reach VS Code from the webview. */
export const vsCodeApi = { name: "acquireVsCodeApi", files: /^webview\//, except: /^webview\/vscode-api$/ };

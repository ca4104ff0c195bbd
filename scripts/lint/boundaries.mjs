/**
 * An oxlint plugin that keeps the boundaries of `layers.mjs`. Every way to name a module counts: `import`, `import type`,
 * `export … from`, `import()`, `import("…")` in a type, `require` and `import x = require()`.
 */
import { builtinModules } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { ambient, layers, vsCodeApi } from "./layers.mjs";

/**
 * @typedef {Extract<Parameters<import("oxlint/plugins-dev").RuleTester["run"]>[1], { create: Function }>} Rule
 * @typedef {Parameters<NonNullable<Rule["create"]>>[0]} Context
 * @typedef {{ type: string, parent?: Node | null, range: [number, number], [field: string]: any }} Node
 */

/** A module's name: its path from the root, in forward slashes, without its ending. @param {string} path */
const moduleName = (path) =>
  path
    .split(sep)
    .join("/")
    .replace(/\.(?:d\.)?[cm]?[jt]sx?$/, "");

/** The module being linted. @param {Context} context */
const importer = (context) => moduleName(relative(context.cwd, context.filename));

/** What an import names: a module of the project or a package. @param {string} from @param {string} specifier */
function target(from, specifier) {
  if (specifier.startsWith(".")) return moduleName(join(dirname(from), specifier));
  return builtinModules.includes(specifier) ? `node:${specifier}` : specifier;
}

/** Whether a layer, or a rule for some files, speaks of this module. @param {{ files: RegExp, except?: RegExp }} rule @param {string} from */
const concerns = ({ files, except }, from) => files.test(from) && except?.test(from) !== true;

/** The layer that refuses this import, if any. @param {string} from @param {string} to */
const refusal = (from, to) =>
  layers.find((layer) => concerns(layer, from) && (layer.never?.test(to) === true || layer.only?.test(to) === false));

/** The text of a literal, or of a template without holes. @param {Node | null | undefined} node @returns {string | undefined} */
function text(node) {
  if (node?.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node?.type === "TemplateLiteral" && node["expressions"].length === 0) return node["quasis"][0].value.cooked;
  return undefined;
}

/** @type {Rule} */
const imports = {
  create(context) {
    const from = importer(context);
    const check = (/** @type {Node} */ node, /** @type {Node | null | undefined} */ source) => {
      const specifier = text(source);
      if (specifier === undefined) return;
      const layer = refusal(from, target(from, specifier));
      if (layer === undefined) return;
      context.report({ node, message: `${layer.name} may not import "${specifier}": ${layer.why}.` });
    };
    const bySource = (/** @type {Node} */ node) => check(node, node["source"]);
    return {
      ImportDeclaration: bySource,
      ExportNamedDeclaration: bySource,
      ExportAllDeclaration: bySource,
      ImportExpression: bySource,
      TSImportType: bySource,
      TSExternalModuleReference: (/** @type {Node} */ node) => check(node, node["expression"]),
      CallExpression: (/** @type {Node} */ node) => {
        if (node["callee"].name === "require") check(node, node["arguments"][0]);
      },
    };
  },
};

/** Names in the file that nothing in it declares, so that they mean globals: unknown ones and those of the language. @param {Context} context @returns {readonly Node[]} */
function globalNames(context) {
  const scope = context.sourceCode.scopeManager.globalScope;
  if (scope === null) return [];
  const builtIn = [...scope.set.values()].filter(({ defs }) => defs.length === 0).flatMap(({ references }) => references);
  return [...scope.through, ...builtIn].map(({ identifier }) => identifier);
}

/** What is forbidden about this use of a global, if anything. @param {Node} node @returns {string | undefined} */
function forbiddenUse(node) {
  const name = node["name"];
  if (ambient.globals.has(name)) return name;
  const members = ambient.members[name];
  const { parent } = node;
  if (members === undefined || parent === undefined || parent === null) return undefined;
  if (parent.type === "MemberExpression" && parent["object"] === node) {
    const member = parent["computed"] ? text(parent["property"]) : parent["property"].name;
    return member === undefined || members.includes(member) ? `${name}.${members[0]}` : undefined;
  }
  if (parent.type === "NewExpression" && parent["callee"] === node) return parent["arguments"].length === 0 ? `new ${name}()` : undefined;
  return /^TS|BinaryExpression/.test(parent.type) ? undefined : name;
}

/** @type {Rule} */
const ports = {
  create(context) {
    if (!concerns(ambient, importer(context))) return {};
    return {
      "Program:exit": () => {
        for (const node of globalNames(context)) {
          const use = forbiddenUse(node);
          if (use !== undefined)
            context.report({ node, message: `The core may not use ${use}: time, ids, randomness and the outside come through ports.` });
        }
      },
    };
  },
};

/** @type {Rule} */
const oneDoor = {
  create(context) {
    if (!concerns(vsCodeApi, importer(context))) return {};
    return {
      "Program:exit": () => {
        for (const node of globalNames(context))
          if (node["name"] === vsCodeApi.name) context.report({ node, message: `Only webview/vscode-api.ts may name ${vsCodeApi.name}.` });
      },
    };
  },
};

export default { meta: { name: "patchbay" }, rules: { imports, ports, "one-door": oneDoor } };

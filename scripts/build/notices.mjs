import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { inProject } from "../layout.mjs";

/** Where the licences of what others wrote stand that is bundled. */
const NOTICES = inProject("dist", "THIRD-PARTY-NOTICES.txt");

/** A package's folder in a path: the innermost one. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Writes who made what the bundles hold, under which licence, and where its source is. @param {readonly import("esbuild").Metafile[]} metafiles */
export function writeNotices(metafiles) {
  const folders = new Set(metafiles.flatMap(packageFolders));
  writeFileSync(NOTICES, [HEAD, ...[...folders].toSorted().map(notice)].join(`\n\n${"-".repeat(80)}\n\n`));
}

const HEAD = `Patchbay contains the packages below, each under the licence of its own.
Their source is in the npm registry under the name and version given, and where it says.`;

/** @param {import("esbuild").Metafile} metafile */
const packageFolders = ({ inputs }) => Object.keys(inputs).flatMap((path) => PACKAGE.exec(path)?.[1] ?? []);

/** @param {string} folder */
function notice(folder) {
  const { name, version, license, repository } = JSON.parse(readFileSync(inProject(folder, "package.json"), "utf8"));
  const source = typeof repository === "string" ? repository : repository?.url;
  const file = readdirSync(inProject(folder)).find((each) => /^licen[cs]e(?:\.|$)/i.test(each));
  const text = file === undefined ? [] : ["", readFileSync(inProject(folder, file), "utf8").trim()];
  return [`${name} ${version} (${license})`, ...(source === undefined ? [] : [source]), ...text].join("\n");
}

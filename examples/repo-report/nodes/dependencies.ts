import { basename } from "node:path";
import type { Channels, Context, Result, State } from "../.patchbay/types/repo-report.d.ts";
import { readAll } from "./read.ts";

type Dependency = Channels["dependencies"][number];
type Entry = Omit<Dependency, "manifest">;

/** How to read each kind of manifest. */
const readers: Readonly<Record<string, (lines: readonly string[]) => readonly Entry[]>> = {
  "package.json": fromPackageJson,
  "requirements.txt": fromRequirements,
  "go.mod": fromGoMod,
};

/** The packages that the folder's manifests name, in the order of the manifests. */
export default async function dependencies(
  state: State<"dependencies", "root" | "files">,
  ctx: Context<"dependencies">,
): Promise<Result<"dependencies">> {
  const found: Dependency[] = [];
  const files = state.files.filter((file) => Object.hasOwn(readers, basename(file.path)));
  for await (const { file, lines } of readAll({ ...state, files }, ctx)) {
    try {
      const entries = readers[basename(file.path)]?.(lines) ?? [];
      found.push(...entries.map((entry) => ({ manifest: file.path, ...entry })));
    } catch (error) {
      ctx.log(`${file.path} cannot be read: ${String(error)}`);
    }
  }
  return { dependencies: found };
}

function fromPackageJson(lines: readonly string[]): readonly Entry[] {
  const manifest = JSON.parse(lines.join("\n")) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  const section = (name: string, use: Entry["use"]): Entry[] =>
    Object.entries(manifest[name] ?? {}).map(([dependency, version]) => ({ name: dependency, version, use }));
  return [...section("dependencies", "run"), ...section("devDependencies", "development")];
}

function fromRequirements(lines: readonly string[]): readonly Entry[] {
  return lines.flatMap((line) => {
    const [, name, version] = /^\s*([A-Za-z0-9._-]+)\s*((?:[=<>~!]=?[^#;]*)?)/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, version: version?.trim() || "any", use: "run" }];
  });
}

function fromGoMod(lines: readonly string[]): readonly Entry[] {
  return lines.flatMap((line) => {
    const [, name, version] = /^\s*(?:require\s+)?(\S+\.\S+\/\S+)\s+(v\S+)/.exec(line) ?? [];
    return name === undefined || version === undefined ? [] : [{ name, version, use: "run" }];
  });
}

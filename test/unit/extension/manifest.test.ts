import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  contributes: {
    commands: { command: string }[];
    menus: Record<string, { command: string }[]>;
    keybindings: { command: string }[];
    views: Record<string, { id: string }[]>;
    configuration: { properties: Record<string, unknown> };
    customEditors: { viewType: string; priority?: unknown }[];
    jsonValidation: { url: string }[];
  };
  icon: string;
};
const { contributes } = manifest;
const sources = readdirSync(join(root, "extension"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => read(join("extension", path)))
  .join("\n");

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))].toSorted();

/** Strings that the code asks to be translated. */
const translated = [...sources.matchAll(/l10n\.t\(\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/g)].map(([, literal = ""]) =>
  literal.startsWith('"') ? (JSON.parse(literal) as string) : literal.slice(1, -1),
);

describe("package.json", () => {
  const declared = new Set(contributes.commands.map(({ command }) => command));

  it("declares commands that the code registers", () => {
    const registered = new Set(matches(sources, /\bid: "(patchbay\.\w+)"/g));
    expect([...declared].filter((command) => !registered.has(command))).toEqual([]);
  });

  it("puts only declared commands into menus and on keys", () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ command }) => command);
    expect(used.filter((command) => !declared.has(command))).toEqual([]);
  });

  it("declares the settings that the code reads, and no other", () => {
    const used = matches(sources, /getConfiguration\("patchbay"(?:, \w+)?\)\.get\("([\w.]+)"/g).map((name) => `patchbay.${name}`);
    expect(Object.keys(contributes.configuration.properties).toSorted()).toEqual(used);
  });

  it("declares the views that the code fills", () => {
    const filled = matches(sources, /new LiveTree\("([\w.]+)"/g);
    expect(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(filled);
  });

  it("spells out the priority of the canvas, without which the text editor opens, and the text diff editor", () => {
    const priority = { textEditor: "default", diffEditor: "default" };
    expect(contributes.customEditors).toMatchObject([{ viewType: "patchbay.graph", priority }]);
  });

  it("names files that exist", () => {
    const files = [
      manifest.icon,
      ...contributes.jsonValidation.map(({ url }) => url),
      ...matches(read("package.json"), /"(media\/[\w./-]+)"/g),
    ];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe("texts", () => {
  it("of package.json are all in package.nls.json, and no other", () => {
    expect(Object.keys(JSON.parse(read("package.nls.json")) as object).toSorted()).toEqual(matches(read("package.json"), /"%([\w.]+)%"/g));
  });

  it("of the code are all in l10n/bundle.l10n.json, and no other", () => {
    expect(Object.keys(JSON.parse(read("l10n/bundle.l10n.json")) as object)).toEqual([...new Set(translated)].toSorted());
  });
});

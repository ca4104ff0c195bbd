// What TypeScript says of handlers that are typed by the generated file. `// TS2322` at the end of a line: this error, here.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";
import { graphTypes } from "../../../runtime/types/graph-types.js";
import { reservedNames } from "../../../runtime/types/prelude.js";
import { projectFolder } from "../cli/command-line.js";
import { compile, strictest } from "./compile.js";

const folder = join(projectFolder, "test/fixtures/types");
const graphText = readFileSync(join(folder, "shop.patchbay.json"), "utf8");
const types = graphTypes(parseDocument(graphText).graph, "shop");
const path = ".patchbay/types/shop.d.ts";

function expected(name: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const codes = /\/\/ (TS\d+(?: TS\d+)*)$/.exec(line)?.[1]?.split(" ") ?? [];
    return codes.map((code) => `${name}:${index + 1} ${code}`);
  });
}

async function check(name: string, options: object): Promise<void> {
  const text = readFileSync(join(folder, `${name}.txt`), "utf8");
  const said = await compile({ [path]: types, [`handlers/${name}`]: text }, options);
  expect(said.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual(expected(`handlers/${name}`, text));
}

const implied = { ...strictest, exactOptionalPropertyTypes: false, noPropertyAccessFromIndexSignature: false };
const forNode = { strict: true, target: "es2024", lib: ["es2024"], types: [], module: "nodenext", allowImportingTsExtensions: true };

test.each([
  ["right.ts", "strictest", strictest],
  ["right.ts", "nodenext, no DOM", { ...forNode, skipLibCheck: false }],
  ["right.ts", "not strict", { target: "es2024", lib: ["es2024"], types: [], strict: false }],
  ["wrong.ts", "strictest", strictest],
  ["wrong.ts", "strict", implied],
  ["checked.js", "strict JavaScript", { ...implied, allowJs: true, checkJs: true }],
])("%s (%s)", (name, _settings, options) => check(name, options));

test("no declaration of a schema takes a name that the file needs", () => {
  const declared = [...types.matchAll(/^(?:export )?(?:type|interface) (\w+)/gm)].map(([, name]) => name);
  expect(declared.filter((name) => name !== "TreeNode" && !reservedNames.includes(String(name)))).toEqual([]);
});

test("the file itself", async () => {
  await expect(types).toMatchFileSnapshot(join(folder, "shop.d.ts.txt"));
});

test("the context is that of the runtime", async () => {
  const definition = JSON.stringify(join(projectFolder, "runtime/platform/handler-process/handler-types.ts"));
  const text = `
    import type { CommandParts as Parts, HandlerContext } from ${definition};
    import type { CommandParts, Context } from "./.patchbay/types/shop.d.ts";
    type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
    type Known = "command" | "ask" | "error" | "input" | "emit";
    export const members: Same<keyof Context, keyof HandlerContext> = true;
    export const alike: Same<Omit<Context<"free">, Known>, Omit<HandlerContext, Known>> = true;
    export const parts: Same<keyof CommandParts<"free">, keyof Parts> = true;
    export const command = (parts: Omit<CommandParts<"free">, "update" | "send">): Parts => parts;
    export const emit = (mine: Context): HandlerContext["emit"] => mine.emit;
    export const error = (given: HandlerContext): Context["error"] => given.error;
    export const ask = (given: HandlerContext, mine: Context): void => {
      const question = { prompt: "?", actions: ["a"], schema: { type: "string" } } as const;
      void mine.ask("key", question).then((answer): Awaited<ReturnType<typeof given.ask>> => ({ ...answer, value: 1 }));
      void given.ask("key", question);
    };
  `;
  expect(await compile({ [path]: types, "agreement.ts": text })).toEqual([]);
});

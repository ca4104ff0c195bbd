// Reads odd texts and mangled examples, from one seed to another, and prints a line before and after each, so that one that hangs or crashes is known.
import { readFileSync, writeSync } from "node:fs";
import { parseDocument } from "../../../runtime/index.js";
import { Chance } from "./chance.js";
import { mangleText } from "./mangle-text.js";
import { oddTexts } from "./odd-texts.js";
import { readDocument } from "./read-document.js";

const [from = "0", to = "0", ...examples] = process.argv.slice(2);
const tell = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);
const texts = examples.map((path) => readFileSync(path, "utf8"));
const parsed = texts.map((text) => parseDocument(text));
const empty = parseDocument("{}");

function play(name: string, work: () => readonly string[]): void {
  tell({ begins: name });
  try {
    tell({ name, findings: work() });
  } catch (thrown) {
    tell({ name, findings: [thrown instanceof Error ? (thrown.stack ?? thrown.message).slice(0, 2000) : String(thrown)] });
  }
}

for (const [name, text] of Object.entries(oddTexts)) play(name, () => readDocument(text, empty));
for (let seed = Number(from); seed < Number(to); seed += 1) {
  const chance = new Chance(seed);
  const which = chance.below(texts.length);
  play(String(seed), () => readDocument(mangleText(texts[which] ?? "", chance), parsed[which] ?? empty));
}

// Plays cases of damaged stores, from one seed to another, and prints a line before and after each, so that one that hangs or crashes is known.
import { writeSync } from "node:fs";
import { join } from "node:path";
import { cpSync } from "node:fs";
import { look, type Read } from "./look.js";
import { playStoreCase } from "./store-case.js";

const [closed = "", halfway = "", work = "", from = "0", to = "0"] = process.argv.slice(2);
const tell = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);
const known = new Map<string, Read>();
for (const folder of [closed, halfway]) {
  const copy = join(work, "sound");
  cpSync(folder, copy, { recursive: true, force: true });
  const { read, findings } = await look(copy, () => {});
  tell({ sound: findings });
  known.set(folder, read);
}
for (let seed = Number(from); seed < Number(to); seed += 1) {
  tell({ begins: seed });
  tell({ seed, ...(await playStoreCase({ closed, halfway }, known, seed, join(work, "damaged"), (at) => tell({ at }))) });
}

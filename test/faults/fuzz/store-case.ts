import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { byteDamages } from "./damage-bytes.js";
import { fileDamages, rowDamages } from "./damage-rows.js";
import { Chance } from "./chance.js";
import { look, type Looked, type Read } from "./look.js";
import { files, runs } from "./sound-store.js";

/** Folders with a store that was closed, and one that was copied while it was open. */
export interface Sound {
  readonly closed: string;
  readonly halfway: string;
}

/** What the sound stores read as, by folder. */
export type Known = ReadonlyMap<string, Read>;

/** What was done to a store, and what was found when it was looked at. */
export interface StoreCase {
  readonly what: string;
  readonly findings: readonly string[];
}

/** Damages a copy of a sound store as the seed says, and looks at it. */
export async function playStoreCase(
  sound: Sound,
  known: Known,
  seed: number,
  directory: string,
  begins: (what: string) => void,
): Promise<StoreCase> {
  const chance = new Chance(seed);
  const from = chance.of([sound.closed, sound.closed, sound.halfway]);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const file of files) if (existsSync(join(from, file))) copyFileSync(join(from, file), join(directory, file));
  const done = chance.below(2) === 0 ? damageBytes(directory, chance) : damageRows(directory, chance);
  begins(done.what);
  const looked = await look(directory, begins);
  return { what: done.what, findings: [...looked.findings, ...losses(looked, known.get(from) ?? new Map(), done.run)] };
}

interface Done {
  readonly what: string;
  /** The only run whose rows were hit; absent: anything may be. */
  readonly run?: string;
}

function damageBytes(directory: string, chance: Chance): Done {
  const file = chance.of(files.filter((each) => existsSync(join(directory, each))));
  const what = chance.of(Object.keys(byteDamages));
  const bytes = new Uint8Array(readFileSync(join(directory, file)));
  writeFileSync(join(directory, file), byteDamages[what]?.(bytes, chance) ?? bytes);
  return { what: `${file}: ${what}` };
}

function damageRows(directory: string, chance: Chance): Done {
  const database = new DatabaseSync(join(directory, files[0]), { enableForeignKeyConstraints: false });
  try {
    if (chance.below(6) === 0) {
      const what = chance.of(Object.keys(fileDamages));
      fileDamages[what]?.(database, chance);
      return { what };
    }
    const run = chance.of(Object.keys(runs));
    const what = chance.of(Object.keys(rowDamages));
    const no = database.prepare("SELECT no FROM runs WHERE id = ?1").get(run)?.["no"];
    rowDamages[what]?.(database, chance, Number(no));
    return { what: `${run}: ${what}`, run: what.includes("large value") || what.includes("inside another") ? "" : run }; // these hit others, too
  } finally {
    database.close();
  }
}

/** What other runs have lost, and what reads as something else without an error. */
function losses({ read }: Looked, known: Read, run: string | undefined): readonly string[] {
  const found: string[] = [];
  for (const [what, value] of known) {
    const other = run !== undefined && run !== "" && isOf(what, run) === false;
    if (other && read.get(what) !== value)
      found.push(`Of another run: ${what} is ${read.get(what) ?? "an error"}, and was ${value}`.slice(0, 1000));
    if (run === undefined && what.startsWith("load ") && read.has(what) && read.get(what) !== value)
      found.push(`Read as something else: ${what}`);
  }
  return found;
}

/** Whether something that was read says what becomes of a run alone; undefined where it says something of all of them. */
function isOf(what: string, run: string): boolean | undefined {
  const [kind = "", of = ""] = what.split(" ");
  if (!["run", "trace", "entries", "tree", "last", "latest", "export", "nested", "list"].includes(kind) || of === "to") return undefined;
  return of === run;
}

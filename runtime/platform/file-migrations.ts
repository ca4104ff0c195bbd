import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Migrations } from "../run/migrations.js";

/** `FROM-TO.ts`, with words of anybody's choice after it. */
const NAME = /^([0-9a-f]{12})-([0-9a-f]{12})(?:[-.].*)?\.[mc]?[jt]s$/;

/** The folder of a graph's migrations, beside its document: `migrations/NAME/`. `name` is the document's without `.patchbay.json`. */
export function migrationsFolder(directory: string, name: string): string {
  return join(directory, "migrations", name);
}

/** Migrations in files, which are looked for anew each time. */
export function fileMigrations(folder: string): Migrations {
  return { way: (from, to) => shortestWay(stepsIn(folder), from, to) };
}

interface Step {
  readonly from: string;
  readonly to: string;
  readonly file: string;
}

function stepsIn(folder: string): readonly Step[] {
  return namesIn(folder).flatMap((file) => {
    const [, from, to] = NAME.exec(file) ?? [];
    return from === undefined || to === undefined ? [] : [{ from, to, file: join(folder, file) }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return []; // there is no such folder, and so there are no migrations
  }
}

/** The fewest files that lead there. */
function shortestWay(steps: readonly Step[], from: string, to: string): readonly string[] | undefined {
  const ways = new Map<string, readonly string[]>([[from, []]]);
  for (const [layout, way] of ways) {
    if (layout === to) return way;
    // A map grows while it is walked, and gives what was found first, first.
    for (const step of steps) if (step.from === layout && !ways.has(step.to)) ways.set(step.to, [...way, step.file]);
  }
  return undefined;
}

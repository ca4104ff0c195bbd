import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/**
 * Expects a page of the documentation to have this between `<!-- NAME -->` and `<!-- /NAME -->`. With `RECORD=docs` in the environment
 * it is written there instead.
 */
export function expectSection(page: string, name: string, lines: readonly string[]): void {
  const file = new URL(`../../docs/${page}`, import.meta.url);
  const text = readFileSync(file, "utf8");
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  if (from < begin.length || to < from) throw new Error(`${page} has no section "${name}".`);
  const section = `${lines.join("\n")}\n`;
  if (process.env["RECORD"] === "docs") writeFileSync(file, `${text.slice(0, from)}${section}${text.slice(to)}`);
  else expect(text.slice(from, to)).toBe(section);
}

/** A table of the documentation. */
export function tableLines(head: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)];
}

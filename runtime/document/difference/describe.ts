// A difference in words, one line for each thing, for terminals.
import { leadingMark, nounOf, type ComparedSection, type Mark } from "../../model/difference.js";
import { isObject, type JsonValue } from "../../model/json.js";
import type { Difference, EntryDifference } from "./compare-documents.js";
import type { FieldDifference } from "./fields.js";

const signs: Readonly<Record<Mark, string>> = { added: "+", removed: "-", renamed: "~", changed: "~", moved: ">" };

/** The lines of a difference; none where there is none. */
export function describeDifference({ entries, settings, reordered }: Difference): readonly string[] {
  return [
    ...entries.flatMap(entryLines),
    ...(reordered ? ["~ nodes: in another order"] : []),
    ...settings.map((field) => `~ ${fieldText(field)}`),
  ];
}

/** How many entries came to what, in words: `1 node added, 2 edges changed`. */
export function countDifference({ entries, settings, reordered }: Difference): string {
  const counts = new Map<string, number>();
  for (const { section, marks } of entries) {
    const key = `${section} ${leadingMark(marks)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const parts = [...counts].map(([key, count]) => {
    const [section = "", mark = ""] = key.split(" ");
    return `${count} ${count === 1 ? nounOf(section as ComparedSection) : section} ${mark}`;
  });
  const others = settings.length + Number(reordered);
  return [...parts, ...(others === 0 ? [] : [`${others} ${others === 1 ? "setting" : "settings"} changed`])].join(", ");
}

function entryLines({ section, id, marks, before, after, fields, place }: EntryDifference): readonly string[] {
  const mark = leadingMark(marks);
  const head = `${signs[mark]} ${nounOf(section)} ${id}${aboutEntry(section, after ?? before)}`;
  if (mark === "added" || mark === "removed") return [head];
  const moved = place === undefined ? [] : [fieldText({ path: ["place"], ...place })];
  return [`${head}: ${marks.join(", ")}`, ...[...fields.map(fieldText), ...moved].map((line) => `    ${line}`)];
}

/** What an entry is: a node's kind, an edge's ends. */
function aboutEntry(section: EntryDifference["section"], entry: JsonValue | undefined): string {
  if (!isObject(entry)) return "";
  if (section === "nodes") return ` (${textOf(entry["kind"])})`;
  return section === "edges" ? ` (${textOf(entry["from"])} -> ${textOf(entry["to"])})` : "";
}

function fieldText({ path, before, after }: FieldDifference): string {
  const name = path.join(".");
  if (before === undefined) return `${name}: ${JSON.stringify(after)} (new)`;
  return after === undefined
    ? `${name}: ${JSON.stringify(before)} (gone)`
    : `${name}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

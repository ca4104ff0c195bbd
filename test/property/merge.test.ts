// Two sides of random edits of a random graph, merged: what one side changed is there, what neither changed is as it was, and what both
// changed is either the same or said to be a conflict.
import fc from "fast-check";
import { parse } from "jsonc-parser";
import { expect, test } from "vitest";
import { editDocument } from "../../runtime/document/edit.js";
import type { Intent } from "../../runtime/document/intent.js";
import { mergeDocuments } from "../../runtime/document/merge/merge-documents.js";
import { sectionOf } from "../../runtime/document/merge/tell-apart.js";
import { parseDocument } from "../../runtime/document/parse.js";
import { sameJson } from "../../runtime/document/same-json.js";
import { applyEdits } from "../../runtime/document/text.js";
import { isObject, type JsonObject } from "../../runtime/model/json.js";
import { anyIntent, documentJson, written } from "../unit/document/random-document.js";

/** The intents that can be carried out, one after the other. */
function edited(text: string, intents: readonly Intent[]): string {
  return intents.reduce((now, intent) => {
    const outcome = editDocument(parseDocument(now), [intent]);
    return outcome.ok ? applyEdits(now, outcome.edits) : now;
  }, text);
}

const jsonOf = (text: string): JsonObject => {
  const json: unknown = parse(text, [], { allowTrailingComma: true });
  if (!isObject(json)) throw new Error("No document.");
  return json;
};

const added = anyIntent.filter(({ type }) => type === "node/add" || type === "edge/add" || type === "note/add");
const updated = anyIntent.filter(({ type }) => type === "node/update" || type === "edge/update" || type === "note/update");
const side = fc.array(fc.oneof({ weight: 2, arbitrary: anyIntent }, { weight: 3, arbitrary: added }, { weight: 3, arbitrary: updated }), {
  maxLength: 12,
});

test("each side's changes are in the merged graph, or said to be in conflict", () => {
  const seen = { merged: 0, conflicts: 0, renamed: 0 };
  fc.assert(
    fc.property(documentJson, fc.nat(), side, side, (json, hand, mine, yours) => {
      const base = written(json, hand);
      const [ours, theirs] = [edited(base, mine), edited(base, yours)];
      const merged = mergeDocuments({ base, ours, theirs });
      if (merged === undefined) return;
      const [before, own, other, found] = [base, ours, theirs, merged.text].map(jsonOf) as [JsonObject, JsonObject, JsonObject, JsonObject];
      const newIds = new Map(merged.renamed.map(({ entity, from, to }) => [`${entity}s/${from}`, to]));
      for (const name of ["channels", "nodes", "edges", "notes"] as const) {
        const [was, here, there, now] = [before, own, other, found].map((document) => sectionOf(document, name)) as [
          JsonObject,
          JsonObject,
          JsonObject,
          JsonObject,
        ];
        for (const id of new Set([...Object.keys(was), ...Object.keys(here), ...Object.keys(there)])) {
          const isDisputed = merged.conflicts.some(
            ({ at }) => at.startsWith(`/${name}/${id}/`) || at === `/${name}/${id}` || at === `/${name}`,
          );
          if (isDisputed || newIds.has(`${name}/${id}`)) continue;
          if (sameJson(was[id], there[id])) expect(now[id]).toEqual(here[id]);
          else if (sameJson(was[id], here[id])) expect(now[id]).toEqual(redirectedOf(name, there[id], newIds));
        }
      }
      for (const [place, to] of newIds) expect(sectionOf(found, place.slice(0, place.indexOf("/")))).toHaveProperty([to]);
      seen.merged += 1;
      seen.conflicts += merged.conflicts.length;
      seen.renamed += merged.renamed.length;
    }),
    { numRuns: 400 },
  );
  expect(seen.merged).toBeGreaterThan(100);
  expect(seen.conflicts).toBeGreaterThan(3);
  expect(seen.renamed).toBeGreaterThan(5);
});

/** An edge of theirs, to where the nodes that it names are now. */
function redirectedOf(name: string, entry: unknown, newIds: ReadonlyMap<string, string>): unknown {
  if (name !== "edges" || !isObject(entry)) return entry;
  const now = (id: unknown): unknown => (typeof id === "string" ? (newIds.get(`nodes/${id}`) ?? id) : id);
  return { ...entry, ...("from" in entry ? { from: now(entry["from"]) } : {}), ...("to" in entry ? { to: now(entry["to"]) } : {}) };
}

test("a side that changed nothing leaves the other as it is", () => {
  fc.assert(
    fc.property(documentJson, fc.nat(), side, (json, hand, intents) => {
      const base = written(json, hand);
      const other = edited(base, intents);
      expect(mergeDocuments({ base, ours: other, theirs: base })?.text).toBe(other);
      const taken = mergeDocuments({ base, ours: base, theirs: other });
      expect(taken?.conflicts).toEqual([]);
      expect(jsonOf(taken?.text ?? "")).toEqual(jsonOf(other));
    }),
    { numRuns: 300 },
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { editDocument } from "../../runtime/document/edit.js";
import type { Intent, TextEdit } from "../../runtime/document/intent.js";
import { parseDocument } from "../../runtime/document/parse.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { applyEdits } from "../../runtime/document/text.js";
import { isObject, type JsonObject, type JsonValue } from "../../runtime/model/json.js";
import { meaningOf, visibleOf } from "../support/visible-document.js";
import { anyIntent, documentJson, written } from "../unit/document/random-document.js";

type Entries = Record<string, JsonValue>;

/** What an intent does to plain JSON: the shortest words for what the edits must amount to. */
function applyPlainly(json: Record<string, JsonValue>, intent: Intent): void {
  const section = (name: string): Entries => {
    const entries = isObject(json[name]) ? json[name] : {};
    json[name] = entries;
    return entries;
  };
  const snapped = (place: readonly [number, number]): JsonValue => place.map((at) => Math.round(at / 20) * 20 + 0);
  const patched = (entries: Entries, id: string, patch: JsonObject): void => {
    const merged = { ...(entries[id] as JsonObject), ...patch };
    entries[id] = Object.fromEntries(Object.entries(merged).filter(([key, value]) => !(Object.hasOwn(patch, key) && value === null)));
  };
  const ungroup = (member: string, but?: string): void => {
    for (const [id, group] of Object.entries(section("groups"))) {
      const nodes = isObject(group) ? group["nodes"] : undefined;
      if (id === but || !isObject(group) || !Array.isArray(nodes) || !nodes.includes(member)) continue;
      const left = nodes.filter((each) => each !== member) as JsonValue;
      if (nodes.every((each) => each === member)) delete section("groups")[id];
      else section("groups")[id] = { ...group, nodes: left };
    }
  };
  const regroup = (id: string, fields: JsonObject): void => {
    const nodes = fields["nodes"] as readonly string[] | undefined;
    for (const member of nodes ?? []) ungroup(member, id);
    if (nodes?.length === 0) delete section("groups")[id];
  };
  const sized = ([x, y, width, height]: readonly [number, number, number, number]): JsonValue => [
    ...(snapped([x, y]) as number[]),
    ...(snapped([width, height]) as number[]).map((side, i) => Math.max(side, i === 0 ? 80 : 40)),
  ];
  switch (intent.type) {
    case "node/add":
      section("nodes")[intent.id] = intent.fields;
      section("layout")[intent.id] = snapped(intent.position);
      break;
    case "node/update":
      patched(section("nodes"), intent.id, intent.patch);
      break;
    case "node/move":
      for (const [id, place] of Object.entries(intent.positions)) {
        const before = section("layout")[id];
        const size = Array.isArray(before) && before.length === 4 ? before.slice(2) : [];
        section("layout")[id] = [...(snapped(place) as number[]), ...(size as number[])];
      }
      break;
    case "node/remove":
      for (const id of intent.ids) {
        delete section("nodes")[id];
        delete section("layout")[id];
        for (const [key, edge] of Object.entries(section("edges"))) {
          if (isObject(edge) && (edge["from"] === id || edge["to"] === id)) delete section("edges")[key];
        }
        ungroup(id);
      }
      break;
    case "edge/add":
      section("edges")[intent.id] = intent.fields;
      break;
    case "edge/update":
      patched(section("edges"), intent.id, intent.patch);
      break;
    case "edge/remove":
      for (const id of intent.ids) delete section("edges")[id];
      break;
    case "channel/set":
      section("channels")[intent.name] = intent.fields;
      break;
    case "channel/rename": // not made at random: it is refused where its meaning is not certain
      break;
    case "channel/remove":
      for (const name of intent.names) delete section("channels")[name];
      break;
    case "title/set":
      json["title"] = intent.title;
      break;
    case "compile/update":
      patched(json, "compile", intent.patch);
      break;
    case "note/add":
      section("notes")[intent.id] = intent.fields;
      section("layout")[intent.id] = sized(intent.box);
      break;
    case "note/update":
      patched(section("notes"), intent.id, intent.patch);
      break;
    case "note/resize":
      section("layout")[intent.id] = sized(intent.box);
      break;
    case "note/remove":
      for (const id of intent.ids) {
        delete section("notes")[id];
        delete section("layout")[id];
        ungroup(id);
      }
      break;
    case "group/add":
      section("groups")[intent.id] = intent.fields;
      regroup(intent.id, intent.fields);
      break;
    case "group/update":
      patched(section("groups"), intent.id, intent.patch);
      regroup(intent.id, intent.patch);
      break;
    case "group/remove":
      for (const id of intent.ids) delete section("groups")[id];
  }
}

/** The edits that take these edits back. */
function inverse(text: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return edits.map(({ offset, length, text: inserted }) => {
    const back = { offset: offset + shift, length: inserted.length, text: text.slice(offset, offset + length) };
    shift += inserted.length - length;
    return back;
  });
}

const entryText = (parsed: ParsedDocument): Map<string, string> =>
  new Map(
    (["nodes", "edges", "channels", "notes", "groups"] as const).flatMap((section) =>
      [...parsed.ranges[section]].map(([id, { value }]) => [`${section} ${id}`, parsed.text.slice(value.start, value.end)] as const),
    ),
  );

const document = fc.tuple(documentJson, fc.nat()).map(([json, hand]) => ({ json, text: written(json, hand) }));

test("edits amount to their intents, and nothing else", () => {
  let done = 0;
  fc.assert(
    fc.property(document, fc.array(anyIntent, { minLength: 1, maxLength: 6 }), ({ json, text }, wanted) => {
      const parsed = parseDocument(text);
      // Only what makes sense, one after the other: the batch is what is not refused alone.
      const expected = structuredClone(json) as Record<string, JsonValue>;
      const intents: Intent[] = [];
      for (const intent of wanted) {
        if (!editDocument(parsed, [...intents, intent]).ok) continue;
        intents.push(intent);
        applyPlainly(expected, structuredClone(intent));
      }
      const outcome = editDocument(parsed, intents);
      if (!outcome.ok) throw new Error(outcome.message);
      if (intents.length > 0) done += 1;
      const after = applyEdits(text, outcome.edits);
      const result = parseDocument(after);
      expect(result.problems.filter(({ code }) => code === "JSON_SYNTAX" || code === "DUPLICATE_KEY")).toEqual([]);
      expect(meaningOf(result)).toEqual(meaningOf(parseDocument(JSON.stringify(expected))));
      expect([...result.raw.nodes.keys()]).toEqual([...parseDocument(JSON.stringify(expected)).raw.nodes.keys()]);
      expect(applyEdits(after, inverse(text, outcome.edits))).toBe(text);
      expect(visibleOf(parseDocument(after, parsed))).toEqual(visibleOf(result));
      // What did not change in meaning did not change in text.
      const texts = entryText(result);
      for (const [key, before] of entryText(parsed)) {
        const [section = "", id = ""] = key.split(" ");
        const same =
          JSON.stringify((json[section] as JsonObject)[id]) === JSON.stringify((expected[section] as JsonObject | undefined)?.[id]);
        const readded =
          intents.some((intent) => "id" in intent && intent.id === id && intent.type.endsWith("/add")) ||
          intents.some(({ type }) => type === "channel/remove");
        if (same && !readded) expect(texts.get(key)).toBe(before);
      }
      for (const comment of text.match(/\/\/ own line \d+(?=[\r\n])/g) ?? []) {
        if (!insideTouched(comment, parsed, result)) expect(after).toContain(comment);
      }
    }),
    { numRuns: 600 },
  );
  expect(done).toBeGreaterThan(400);
});

/** Whether a comment stands inside an entry that has other text now or is gone. */
function insideTouched(comment: string, before: ParsedDocument, after: ParsedDocument): boolean {
  const texts = entryText(after);
  return [...entryText(before)].some(([key, text]) => text.includes(comment) && texts.get(key) !== text);
}

const scrap = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom("{", "}", "[", "]", '"', ",", ":", "//", "/*", "*/", "\\", "null", "1e9", "\r", "\n", "\uFEFF", '"nodes": {'),
);
const damage = fc.record({ at: fc.nat(), length: fc.oneof(fc.nat(3), fc.nat(60)), text: scrap });

test("any text can be read, and reading on from an earlier one gives the same", () => {
  fc.assert(
    fc.property(document, fc.array(damage, { minLength: 1, maxLength: 8 }), ({ text }, damages) => {
      let current = text;
      let previous = parseDocument(text);
      for (const { at, length, text: inserted } of damages) {
        const offset = at % (current.length + 1);
        current = current.slice(0, offset) + inserted + current.slice(offset + length);
        previous = parseDocument(current, previous);
        expect(visibleOf(previous)).toEqual(visibleOf(parseDocument(current)));
        for (const { range } of previous.problems)
          expect(0 <= range.start && range.start <= range.end && range.end <= current.length).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

test("editing a damaged document is refused or keeps it as readable as it was", () => {
  fc.assert(
    fc.property(document, damage, anyIntent, ({ text }, { at, length, text: inserted }, intent) => {
      const offset = at % (text.length + 1);
      const damaged = text.slice(0, offset) + inserted + text.slice(offset + length);
      const parsed = parseDocument(damaged);
      const outcome = editDocument(parsed, [intent]);
      if (!outcome.ok) return;
      const syntax = (read: ParsedDocument): number => read.problems.filter(({ code }) => code === "JSON_SYNTAX").length;
      const after = applyEdits(damaged, outcome.edits);
      expect(syntax(parseDocument(after))).toBeLessThanOrEqual(syntax(parsed));
      expect(applyEdits(after, inverse(damaged, outcome.edits))).toBe(damaged);
    }),
    { numRuns: 600 },
  );
});

test("the beginnings of arbitrary text can be read", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      expect(parseDocument(text).text).toBe(text);
    }),
    { numRuns: 500 },
  );
});

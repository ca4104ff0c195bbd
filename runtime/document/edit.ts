import { applyIntent, type Draft } from "./apply-intent.js";
import { SectionDraft } from "./draft.js";
import { minimalEdits } from "./edit-list.js";
import type { EditOutcome, Intent, TextEdit } from "./intent.js";
import { readJson } from "./json-reader.js";
import type { JsonValue } from "../model/json.js";
import { lineEdits } from "./line-edits.js";
import { memberOf, propertyOf, toJson, type ObjectNode } from "./json-tree.js";
import { currentVersion } from "./format-version.js";
import { parseDocument } from "./parse.js";
import type { ParsedDocument } from "./parsed-document.js";
import { printLines, type PrintPlace } from "./print-json.js";
import { ReadDocument } from "./read-document.js";
import { placeFor, rankOf } from "./place-for.js";
import { renameChannel, type Renamed } from "./rename-channel.js";
import type { OtherGraphs } from "./rename-sharing.js";
import { addition, Rewriter, type Addition } from "./rewrite-object.js";
import { sectionIn } from "./section-node.js";
import { entrySections, type EntrySection } from "./sections.js";
import { applyEdits } from "./text.js";
import { styleOf } from "./text-style.js";

/**
 * The text edits that carry out a batch of intents, as small as they can be: comments, order and formatting stay as they are.
 * All of the batch or nothing; a refusal says why. `others`: the graphs that nodes run, which some edits have to know.
 */
export function editDocument(parsed: ParsedDocument, intents: readonly Intent[], others?: OtherGraphs): EditOutcome {
  const document = parsed instanceof ReadDocument ? parsed : parseDocument(parsed.text);
  if (!(document instanceof ReadDocument)) return refuse("The document cannot be read.");
  if (document.readOnly) return refuse("This graph has a newer format and is read-only; update Patchbay to edit it.");
  if (/^\uFEFF?\s*(\{\s*\}\s*)?$/.test(document.text)) return editBlank(document.text, intents);
  const root = document.json.root;
  if (root?.type !== "object" || !root.closed) return refuse("The text is not a whole JSON object; correct the JSON first.");
  const [first] = intents;
  if (first?.type === "channel/rename" && intents.length === 1)
    return withSaid(document.text, renameChannel(document, first.name, first.to, others));
  const draft = draftOf(document, root);
  for (const intent of intents) {
    const refused = applyIntent(draft, intent);
    if (refused !== undefined) return refuse(refused);
  }
  const broken = entrySections.map((name) => whyNotEditable(root, name, draft[name])).find((why) => why !== undefined);
  if (broken !== undefined) return refuse(broken);
  const edits = rewrite(document.text, root, draft);
  return staysReadable(document, edits) ? { ok: true, edits } : refuse("The JSON is broken near this change; correct it first.");
}

function refuse(message: string): EditOutcome {
  return { ok: false, code: "EDIT_REFUSED", message };
}

/** The edits of a rename, with what nodes have to say then. */
function withSaid(text: string, renamed: Renamed): EditOutcome {
  if (!renamed.ok || renamed.said.length === 0) return renamed;
  const after = applyEdits(text, renamed.edits);
  const outcome = editDocument(parseDocument(after), renamed.said);
  return outcome.ok ? { ok: true, edits: lineEdits(text, applyEdits(after, outcome.edits)) } : outcome;
}

/** A text with nothing in it, or an object with nothing in it, becomes a document. */
function editBlank(text: string, intents: readonly Intent[]): EditOutcome {
  const skeleton = `{\n  "patchbay": ${currentVersion}\n}\n`;
  const outcome = editDocument(parseDocument(skeleton), intents);
  if (!outcome.ok || outcome.edits.length === 0) return outcome;
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  return { ok: true, edits: [{ offset: bom, length: text.length - bom, text: applyEdits(skeleton, outcome.edits) }] };
}

function draftOf({ sections }: ReadDocument, root: ObjectNode): Draft {
  const compile = memberOf(root, "compile");
  return {
    channels: new SectionDraft(sections.channels),
    nodes: new SectionDraft(sections.nodes),
    edges: new SectionDraft(sections.edges),
    notes: new SectionDraft(sections.notes),
    groups: new SectionDraft(sections.groups),
    layout: new SectionDraft(sections.layout),
    fields: new Map(),
    compile: compile === undefined ? undefined : toJson(compile),
  };
}

function whyNotEditable(root: ObjectNode, name: EntrySection, draft: SectionDraft): string | undefined {
  if (!draft.isChanged) return undefined;
  const property = propertyOf(root, name);
  if (property === undefined) return undefined;
  if (property.value?.type !== "object") return `\`${name}\` is not an object; correct it in the text first.`;
  if (!property.value.closed) return `\`${name}\` has no closing brace; correct the JSON first.`;
  if (sectionIn(property.value)?.sound === true) return undefined;
  const { properties } = property.value;
  const unsound = properties.find(({ key, sound }) => !sound && draft.changed.has(key));
  return unsound === undefined ? undefined : `The JSON of "${unsound.key}" is broken; correct it in the text first.`;
}

function rewrite(text: string, root: ObjectNode, draft: Draft): readonly TextEdit[] {
  const rewriter = new Rewriter(text, styleOf(text, root));
  const add: Addition[] = [];
  for (const name of entrySections) {
    const section = propertyOf(root, name)?.value;
    const { removed, changed, added, isChanged } = draft[name];
    if (!isChanged) continue;
    if (section?.type === "object") {
      const last = added.size === 0 ? undefined : section.properties.findLast(({ key }) => !removed.has(key));
      const additions = [...added].map(([key, json]) => addition(key, json, last));
      rewriter.object(section, 0, { remove: removed, replace: changed, add: additions, lines: true });
    } else if (added.size > 0) {
      add.push({ key: name, after: placeFor(root, name), print: (place) => printSection(name, added, place) });
    }
  }
  const replace = new Map<string, JsonValue>();
  for (const [name, value] of draft.fields) {
    if (propertyOf(root, name) === undefined) add.push(addition(name, value, placeFor(root, name)));
    else replace.set(name, value);
  }
  const inOrder = add.toSorted((a, b) => rankOf(a.key) - rankOf(b.key));
  rewriter.object(root, 0, { remove: new Set(), replace, add: inOrder, lines: true });
  return minimalEdits(text, rewriter.edits);
}

function printSection(name: string, entries: SectionDraft["added"], place: PrintPlace): string {
  return `${JSON.stringify(name)}: ${printLines(Object.fromEntries(entries), place)}`;
}

/** Where the JSON has errors its structure is a guess: the edits must not make more of them. */
function staysReadable({ text, json }: ReadDocument, edits: readonly TextEdit[]): boolean {
  if (json.problems.length === 0) return true;
  return readJson(applyEdits(text, edits), json).problems.length <= json.problems.length;
}

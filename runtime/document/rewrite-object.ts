// Changes the members of an object by edits of the original text.
//
// 1. A line that holds nothing of a changed member is never touched, but for the comma that a new neighbour needs.
// 2. A comma belongs to the property before it; the last property has one where the last had one before.
// 3. A comment goes only with the line of a property that is removed.
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { TextEdit } from "./intent.js";
import { propertyOf, toJson, type JsonNode, type ObjectNode, type Property } from "./json-tree.js";
import { printJson, printMember, type PrintPlace } from "./print-json.js";
import { removeProperties } from "./remove-properties.js";
import { sameJson } from "./same-json.js";
import { indentAt, isFirstOnLine, restOfLine, skipBlanks, skipBlanksBack, type TextStyle } from "./text-style.js";

/** A new member of an object. */
export interface Addition {
  readonly key: string;
  /** The property after which it stands; absent: the first place. */
  readonly after: Property | undefined;
  /** Its text, given its place. */
  print(place: PrintPlace): string;
}

/** What changes in an object. */
export interface ObjectChange {
  readonly remove: ReadonlySet<string>;
  readonly replace: ReadonlyMap<string, JsonValue>;
  readonly add: readonly Addition[];
  /** Whether each new member gets a line of its own, whatever its neighbours do. */
  readonly lines: boolean;
}

/** Collects edits of one text. */
export class Rewriter {
  readonly text: string;
  readonly style: TextStyle;
  readonly edits: TextEdit[] = [];

  constructor(text: string, style: TextStyle) {
    this.text = text;
    this.style = style;
  }

  /** Makes an object's members be those of `json`, keeping all that is the same. Offsets of `node` count from `origin`. */
  objectTo(node: ObjectNode, origin: number, json: JsonObject): void {
    const renamed = renamedIn(node, json);
    if (renamed !== undefined) return this.#rename(renamed.property, origin, renamed.to);
    const present = new Map(node.properties.map((property) => [property.key, property]));
    const remove = new Set([...present.keys()].filter((key) => !Object.hasOwn(json, key)));
    const last = node.properties.findLast(({ key }) => !remove.has(key));
    const replace = new Map<string, JsonValue>();
    const add: Addition[] = [];
    for (const [key, value] of Object.entries(json)) {
      if (present.has(key)) replace.set(key, value);
      else add.push(addition(key, value, last));
    }
    this.object(node, origin, { remove, replace, add, lines: false });
  }

  /** Changes an object's members. */
  object(node: ObjectNode, origin: number, change: ObjectChange): void {
    for (const [key, json] of change.replace) {
      const property = change.remove.has(key) ? undefined : propertyOf(node, key);
      if (property !== undefined) this.#replace(property, origin, json);
    }
    if (change.remove.size > 0) {
      this.edits.push(...removeProperties(this.text, node, origin, change.remove));
      this.#commaOfLast(node, origin, change);
    }
    if (change.add.length > 0) this.#add(node, origin, change);
  }

  #rename({ keyStart, keyEnd }: Property, origin: number, to: string): void {
    this.edits.push({ offset: origin + keyStart, length: keyEnd - keyStart, text: JSON.stringify(to) });
  }

  #replace({ value, shift, keyEnd, keyStart }: Property, origin: number, json: JsonValue): void {
    const from = origin + shift;
    if (value === undefined) this.#insert(origin + keyEnd, `: ${printJson(json, this.#placeAt(origin + keyStart, 0))}`);
    else if (sameJson(toJson(value), json)) return;
    else if (value.type === "object" && isObject(json)) this.objectTo(value, from, json);
    else this.#replaceValue(value, from, json);
  }

  #replaceValue(value: JsonNode, from: number, json: JsonValue): void {
    const offset = from + value.start;
    const indent = indentAt(this.text, offset);
    const taken = offset - (this.text.lastIndexOf("\n", offset) + 1);
    this.edits.push({ offset, length: value.end - value.start, text: printJson(json, { ...this.style, indent, taken }) });
  }

  /** Invariant 2, where the last property goes and nothing takes its place. */
  #commaOfLast({ properties }: ObjectNode, origin: number, { remove, add }: ObjectChange): void {
    const last = properties.findLast(({ key }) => !remove.has(key));
    const trailing = properties.at(-1)?.comma !== undefined;
    if (last === undefined || last === properties.at(-1) || trailing || last.comma === undefined) return;
    if (!add.some(({ after }) => after === last)) this.edits.push({ offset: origin + last.comma, length: 1, text: "" });
  }

  #add(node: ObjectNode, origin: number, change: ObjectChange): void {
    const groups = Map.groupBy(change.add, ({ after }) => after);
    const lines = change.lines || hasLines(this.text, node, origin);
    const indent = this.#memberIndent(node, origin);
    for (const [after, additions] of groups) {
      const place = { ...this.style, indent, taken: lines ? indent.length + 1 : 0 };
      const texts = additions.map((item) => (lines ? this.style.eol + indent : " ") + item.print(place));
      const text = texts.join(",") + (this.#needsComma(node, after, change) ? "," : "");
      if (after !== undefined && after.comma === undefined) this.#insert(origin + endOf(after), ",");
      this.#insert(this.#anchor(node, origin, after, lines), text);
    }
    this.#closeLine(node, origin, lines);
  }

  /** Whether the last of the members added after a property is followed by a comma. */
  #needsComma({ properties }: ObjectNode, after: Property | undefined, { remove }: ObjectChange): boolean {
    const next = properties.slice(after === undefined ? 0 : properties.indexOf(after) + 1).some(({ key }) => !remove.has(key));
    return next || properties.at(-1)?.comma !== undefined;
  }

  /** Where what comes after a property (or the opening brace) is inserted. */
  #anchor(node: ObjectNode, origin: number, after: Property | undefined, lines: boolean): number {
    const at = origin + (after === undefined ? node.start + 1 : (after.comma ?? endOf(after) - 1) + 1);
    if (!lines) return at;
    const end = restOfLine(this.text, at);
    // Spaces at the end of a line stay there; a comment stays beside what it is about.
    return end === undefined || skipBlanks(this.text, at) === end ? at : end;
  }

  /** Gives the closing brace a line of its own where the members now have theirs, and a space from them where not. */
  #closeLine(node: ObjectNode, origin: number, lines: boolean): void {
    const close = origin + node.end - 1;
    const start = skipBlanksBack(this.text, close);
    if (lines && !isFirstOnLine(this.text, close)) {
      this.edits.push({ offset: start, length: close - start, text: this.style.eol + indentAt(this.text, origin + node.start) });
    } else if (!lines && start === close && node.properties.length === 0) {
      this.#insert(close, " ");
    }
  }

  #memberIndent(node: ObjectNode, origin: number): string {
    const sibling = node.properties.findLast(({ keyStart }) => isFirstOnLine(this.text, origin + keyStart));
    if (sibling !== undefined) return indentAt(this.text, origin + sibling.keyStart);
    return indentAt(this.text, origin + node.start) + this.style.unit;
  }

  #placeAt(offset: number, taken: number): PrintPlace {
    return { ...this.style, indent: indentAt(this.text, offset), taken };
  }

  #insert(offset: number, text: string): void {
    this.edits.push({ offset, length: 0, text });
  }
}

/** The member that has another name now, where that is all that changes. */
function renamedIn(node: ObjectNode, json: JsonObject): { readonly property: Property; readonly to: string } | undefined {
  const keys = Object.keys(json);
  if (keys.length !== node.properties.length) return undefined;
  const others = node.properties.filter(({ key }, at) => key !== keys[at]);
  const [property] = others;
  const to = keys.find((key, at) => key !== node.properties[at]?.key);
  if (property === undefined || to === undefined || others.length > 1 || propertyOf(node, to) !== undefined) return undefined;
  const same = node.properties.every(({ value }, at) => value !== undefined && sameJson(toJson(value), json[keys[at] ?? ""]));
  return same ? { property, to } : undefined;
}

/** A member with this value, after a property. */
export function addition(key: string, value: JsonValue, after: Property | undefined): Addition {
  return { key, after, print: (place) => printMember(key, value, place) };
}

/** Where a property ends, without its comma. */
function endOf({ value, shift, keyEnd }: Property): number {
  return value === undefined ? keyEnd : shift + value.end;
}

/** Whether the members of an object have lines of their own. */
function hasLines(text: string, node: ObjectNode, origin: number): boolean {
  const [first] = node.properties;
  if (first !== undefined && isFirstOnLine(text, origin + first.keyStart)) return true;
  const last = node.properties.at(-1);
  const tail = text.slice(origin + (last === undefined ? node.start : endOf(last)), origin + node.end);
  return /[\r\n]/.test(tail);
}

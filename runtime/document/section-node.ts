import type { Cells } from "./cells.js";
import type { Cell } from "./chunk.js";
import type { JsonNode, ObjectNode, Property } from "./json-tree.js";

/** What a section is made of. */
interface SectionParts {
  readonly start: number;
  readonly end: number;
  readonly cells: Cells;
  readonly closed: boolean;
  readonly sound: boolean;
}

/** The object of a section. Its entries are found by their keys and places; its properties are listed when they are asked for. */
export class SectionNode implements ObjectNode {
  readonly type = "object";
  readonly start: number;
  readonly end: number;
  readonly cells: Cells;
  readonly closed: boolean;
  /** Whether it was read without a problem: then a part of it can be read anew. */
  readonly sound: boolean;
  #properties: readonly Property[] | undefined;

  constructor({ start, end, cells, closed, sound }: SectionParts) {
    this.start = start;
    this.end = end;
    this.cells = cells;
    this.closed = closed;
    this.sound = sound;
  }

  get properties(): readonly Property[] {
    this.#properties ??= propertiesOf(this);
    return this.#properties;
  }

  find(key: string): Property | undefined {
    const found = this.cells.find(key);
    return found && propertyAt(found.cell, this.start + found.at);
  }

  /** The same section at another place of the text. */
  movedTo(start: number): SectionNode {
    const { cells, closed, sound } = this;
    return start === this.start ? this : new SectionNode({ start, end: start + this.end - this.start, cells, closed, sound });
  }
}

/** The section that a property of the document holds. */
export function sectionIn(value: JsonNode | undefined): SectionNode | undefined {
  return value instanceof SectionNode ? value : undefined;
}

function propertiesOf({ cells, start }: SectionNode): readonly Property[] {
  const properties: Property[] = [];
  cells.forEach((cell, at) => properties.push(propertyAt(cell, start + at)));
  return properties;
}

function propertyAt({ key, keyLength, value, valueAt, commaAt, sound }: Cell, keyStart: number): Property {
  const comma = commaAt === undefined ? undefined : keyStart + commaAt;
  return { key, keyStart, keyEnd: keyStart + keyLength, value, shift: keyStart + valueAt, comma, sound };
}

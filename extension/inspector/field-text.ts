// Where expressions stand in the text of a field. Pure.
import { visit } from "jsonc-parser";
import { rangeInLiteral } from "../../runtime/document/string-offsets.js";
import { regionAt, regionsOf, type Region } from "../../runtime/expression/assist/regions.js";
import type { TextRange } from "../../runtime/model/problem.js";
import type { FieldSyntax } from "./field-syntax.js";

/** An expression of a text, whose places can be told in that text. */
export interface PlacedRegion extends Pick<Region, "source" | "braces"> {
  /** The part of the text that holds a part of the expression. */
  readonly placeOf: (range: TextRange) => TextRange;
  /** It stands in a string of JSON. */
  readonly inJson: boolean;
}

/** Whether a body is JSON; any other is text. */
function isJsonBody(text: string): boolean {
  return /^\s*(?:\{(?!\{)|\[)/.test(text);
}

/** The expressions of a field's text. */
export function expressionsOf(syntax: FieldSyntax["syntax"], text: string): readonly PlacedRegion[] {
  if (syntax === "body" && isJsonBody(text)) return inStrings(text);
  return regionsOf(syntax === "body" ? "template" : syntax, text).map(({ source, start, braces }) => ({
    source,
    braces,
    inJson: false,
    placeOf: (range) => ({ start: start + range.start, end: start + range.end }),
  }));
}

/** The expression that a place is in, as far as it is written. */
export function expressionAt(syntax: FieldSyntax["syntax"], text: string, at: number): Region | undefined {
  return regionAt(syntax === "body" ? "template" : syntax, text, at);
}

/** The holes in the strings of JSON, in which a character may be several of the text. */
function inStrings(text: string): readonly PlacedRegion[] {
  const found: PlacedRegion[] = [];
  visit(text, {
    onLiteralValue: (value, offset, length) => {
      if (typeof value !== "string") return;
      const literal = text.slice(offset, offset + length);
      for (const { source, start, braces } of regionsOf("template", value)) {
        const placeOf = (range: TextRange): TextRange => {
          const place = rangeInLiteral(literal, { start: start + range.start, end: start + range.end });
          return { start: offset + place.start, end: offset + place.end };
        };
        found.push({ source, braces, inJson: true, placeOf });
      }
    },
  });
  return found;
}

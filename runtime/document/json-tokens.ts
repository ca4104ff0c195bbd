// jsonc-parser declares its token kinds as `const enum`s, which a module compiled by itself cannot read; these are its numbers,
// and a test compares them with what the scanner gives.
export { createScanner, type JSONScanner } from "jsonc-parser";

/** Kinds of token. */
export const Token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const;

/** What is wrong within a token, by the scanner's number; 0 is nothing. */
export const tokenErrors: Readonly<Record<number, string>> = {
  1: "This comment is not closed.",
  2: "This string is not closed.",
  3: "This number is not complete.",
  4: "Four hexadecimal digits are expected after \\u.",
  5: "This escape is not one of JSON's.",
  6: "A control character must be written as an escape.",
};

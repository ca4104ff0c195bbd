// One line on each function and macro of expressions, for those who write them.

/** What is said of a function. */
export interface FunctionHelp {
  /** How it is called. */
  readonly call: string;
  readonly help: string;
}

/** Functions that stand by themselves, by name. */
export const functionHelp: Readonly<Record<string, FunctionHelp>> = {
  size: { call: "size(value)", help: "How many characters, items or keys it has." },
  has: { call: "has(a.b)", help: "Whether the property is there." },
  string: { call: "string(value)", help: "The value as text." },
  int: { call: "int(value)", help: "The value as a whole number; what is behind the point is cut off." },
  uint: { call: "uint(value)", help: "The value as a whole number that is not negative." },
  double: { call: "double(value)", help: "The value as a number." },
  bool: { call: "bool(text)", help: "The text `true` or `false` as a boolean." },
  bytes: { call: "bytes(text)", help: "The text as bytes in UTF-8." },
  type: { call: "type(value)", help: "The type of the value." },
  dyn: { call: "dyn(value)", help: "The same value, whose type is not checked." },
  timestamp: { call: "timestamp(text)", help: "A moment, from text such as `2026-01-31T12:00:00Z`." },
  duration: { call: "duration(text)", help: "A length of time, from text such as `1h30m`." },
};

/** What is called on a value, by what that is and by name. */
export const methodHelp: Readonly<Record<string, Readonly<Record<string, FunctionHelp>>>> = {
  string: {
    size: { call: "size()", help: "How many characters it has." },
    startsWith: { call: "startsWith(text)", help: "Whether it begins so." },
    endsWith: { call: "endsWith(text)", help: "Whether it ends so." },
    contains: { call: "contains(text)", help: "Whether the text is in it." },
    matches: { call: "matches(pattern)", help: "Whether a regular expression matches a part of it." },
    lowerAscii: { call: "lowerAscii()", help: "With A to Z in lower case." },
    upperAscii: { call: "upperAscii()", help: "With a to z in upper case." },
    trim: { call: "trim()", help: "Without blanks at both ends." },
    indexOf: { call: "indexOf(text)", help: "Where the text is first in it, from 0; -1: nowhere." },
    lastIndexOf: { call: "lastIndexOf(text)", help: "Where the text is last in it, from 0; -1: nowhere." },
    substring: { call: "substring(start, end)", help: "The part from one place to before another." },
    split: { call: "split(text)", help: "The parts between occurrences of the text, as a list." },
  },
  list: {
    size: { call: "size()", help: "How many items it has." },
    all: { call: "all(x, condition)", help: "Whether the condition is true of every item." },
    exists: { call: "exists(x, condition)", help: "Whether the condition is true of an item." },
    exists_one: { call: "exists_one(x, condition)", help: "Whether the condition is true of exactly one item." },
    filter: { call: "filter(x, condition)", help: "The items of which the condition is true." },
    map: { call: "map(x, expression)", help: "What the expression comes to for each item." },
    join: { call: "join(text)", help: "The items, which are texts, as one text with this between them." },
  },
  map: {
    size: { call: "size()", help: "How many keys it has." },
    all: { call: "all(key, condition)", help: "Whether the condition is true of every key." },
    exists: { call: "exists(key, condition)", help: "Whether the condition is true of a key." },
    exists_one: { call: "exists_one(key, condition)", help: "Whether the condition is true of exactly one key." },
    filter: { call: "filter(key, condition)", help: "The keys of which the condition is true." },
    map: { call: "map(key, expression)", help: "What the expression comes to for each key." },
  },
};

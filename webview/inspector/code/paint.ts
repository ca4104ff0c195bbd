// How text with expressions is drawn behind its field: which part is what, and where something is wrong. Pure.

/** How a text is read. */
export type CodeSyntax = "expression" | "template" | "path";

/** What a part of a text is. */
export type TokenKind = "text" | "name" | "call" | "string" | "number" | "word" | "mark" | "brace";

/** Something wrong, from one place to before another. */
export interface PaintedProblem {
  readonly severity: "error" | "information";
  readonly start: number;
  readonly end: number;
}

/** A piece of text that is drawn alike. */
export interface Segment {
  /** Where it begins. */
  readonly start: number;
  readonly text: string;
  readonly kind: TokenKind;
  readonly problem?: PaintedProblem["severity"];
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
}

const TOKEN = /'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|[A-Za-z_]\w*|\d+(?:\.\d+)?|\s+|[^\s\w'"]+/g;
const WORDS = new Set(["true", "false", "null", "in"]);

/** The pieces of a text. Where something is wrong with nothing, as at an end that comes too early, a blank stands for it. */
export function segmentsOf(syntax: CodeSyntax, text: string, problems: readonly PaintedProblem[]): readonly Segment[] {
  const segments = tokensOf(syntax, text).flatMap((token) => split(token, text, problems));
  const atEnd = problems.find(({ start, end }) => start === end && start >= text.trimEnd().length);
  return atEnd === undefined ? segments : [...segments, { start: text.length, text: "\u00a0", kind: "text", problem: atEnd.severity }];
}

function split({ start, end, kind }: Token, text: string, problems: readonly PaintedProblem[]): readonly Segment[] {
  const cuts = problems.flatMap((problem) => [problem.start, reachOf(problem)]).filter((at) => start < at && at < end);
  const places = [...new Set([start, ...cuts, end])].toSorted((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? end;
    const problem = problems.find((each) => each.start <= from && to <= reachOf(each));
    return { start: from, text: text.slice(from, to), kind, ...(problem === undefined ? {} : { problem: problem.severity }) };
  });
}

/** At least a character: nothing cannot be underlined. */
function reachOf({ start, end }: PaintedProblem): number {
  return Math.max(end, start + 1);
}

function tokensOf(syntax: CodeSyntax, text: string): readonly Token[] {
  switch (syntax) {
    case "expression":
      return inExpression(text, 0);
    case "template":
      return inTemplate(text, 0);
    case "path":
      return text === "" ? [] : [{ start: 0, end: text.length, kind: "text" }];
  }
}

function inExpression(text: string, shift: number): readonly Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: token, index }) => {
    const end = index + token.length;
    return { start: shift + index, end: shift + end, kind: kindOf(token, text.slice(end)) };
  });
}

function kindOf(token: string, behind: string): TokenKind {
  if (/^\s/.test(token)) return "text";
  if (/^["']/.test(token)) return "string";
  if (/^\d/.test(token)) return "number";
  if (!/^\w/.test(token)) return "mark";
  if (WORDS.has(token)) return "word";
  return /^\s*\(/.test(behind) ? "call" : "name";
}

function inTemplate(text: string, shift: number): readonly Token[] {
  const tokens: Token[] = [];
  const add = (start: number, end: number, kind: TokenKind): void => {
    if (end > start) tokens.push({ start: shift + start, end: shift + end, kind });
  };
  let done = 0;
  for (const { 0: hole, index } of text.matchAll(/\{\{[\s\S]*?\}\}/g)) {
    const end = index + hole.length;
    add(done, index, "text");
    add(index, index + 2, "brace");
    tokens.push(...inExpression(text.slice(index + 2, end - 2), shift + index + 2));
    add(end - 2, end, "brace");
    done = end;
  }
  add(done, text.length, "text");
  return tokens;
}

import { setSourceMapsSupport } from "node:module";
import { transformSync } from "amaro";

/** Where a source cannot be parsed; line and column count from 1. */
export interface SyntaxFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * JavaScript of a TypeScript source, with every remaining character at its old place. Syntax that is more than types
 * (enums, parameter properties) is transformed instead, with a source map, so that stacks still name the user's lines.
 */
export function stripTypes(source: string, url: string): string | SyntaxFault {
  try {
    return transformSync(source, { mode: "strip-only", filename: url }).code;
  } catch (thrown) {
    return isUnsupported(thrown) ? transformTypes(source, url) : toFault(thrown);
  }
}

/** What is wrong with the syntax of a source, in JavaScript or TypeScript. */
export function syntaxFault(source: string, url: string): SyntaxFault | undefined {
  const result = stripTypes(source, url);
  return typeof result === "string" ? undefined : result;
}

function transformTypes(source: string, url: string): string | SyntaxFault {
  try {
    const { code, map } = transformSync(source, { mode: "transform", sourceMap: true, filename: url });
    setSourceMapsSupport(true);
    const encoded = Buffer.from(map ?? "", "utf8").toString("base64");
    return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
  } catch (thrown) {
    return toFault(thrown);
  }
}

/** The parser throws plain objects, not errors. */
interface ParserFault {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly startLine?: unknown;
  readonly startColumn?: unknown;
}

function isUnsupported(thrown: unknown): boolean {
  return asParserFault(thrown).code === "UnsupportedSyntax";
}

function toFault(thrown: unknown): SyntaxFault {
  const { message, startLine, startColumn } = asParserFault(thrown);
  return {
    message: typeof message === "string" ? message : String(thrown),
    line: typeof startLine === "number" ? startLine : 1,
    column: typeof startColumn === "number" ? startColumn + 1 : 1,
  };
}

function asParserFault(thrown: unknown): ParserFault {
  return typeof thrown === "object" && thrown !== null ? thrown : {};
}

// JSON Schemas (draft 2020-12) as this program uses them.
//
// 1. A schema comes from anywhere, and is used as soon as its document is read. So a pattern is matched in time that grows with the text alone
//    (RE2): the engine's own expressions take for ever for some, such as `^(a+)+$`.
import { Ajv2020 } from "ajv/dist/2020.js";
import { RE2JS } from "re2js";

/** Thrown where a schema has a pattern that cannot be used. */
export class PatternError extends Error {
  readonly pattern: string;

  constructor(pattern: string, why: string) {
    super(
      `the pattern ${pattern} cannot be used: ${why}. A pattern (RE2) neither looks ahead or behind nor refers back, so that none takes for ever`,
    );
    this.pattern = pattern;
  }
}

/** What compiles schemas. Unknown keywords are ignored, as JSON Schema says. Compiling throws `PatternError`, and what Ajv throws. */
export function newValidator(options: { readonly validateSchema: boolean }): Ajv2020 {
  return new Ajv2020({ ...options, strict: false, allErrors: false, logger: false, code: { regExp: patterns } });
}

/** As Ajv asks for patterns; its `code` would name it where compiled code is printed, which is not done here. */
const patterns = Object.assign(
  (pattern: string): { test(text: string): boolean } => {
    const compiled = compile(pattern);
    return { test: (text) => compiled.matcher(text).find() };
  },
  { code: "patterns" },
);

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (thrown) {
    throw new PatternError(pattern, thrown instanceof Error ? thrown.message.replace(/^error parsing regexp: /, "") : String(thrown));
  }
}

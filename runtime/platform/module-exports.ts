// What a module exports, read from its text: handlers are user code, and validating must not run it. Where the text leaves a
// doubt (`export *`, CommonJS) the answer is "unknown": a graph that works is never refused.

/** Names that a module exports (`default` among them); undefined when the text does not say. */
export function exportsOf(source: string, path: string): ReadonlySet<string> | undefined {
  const text = withoutComments(source);
  const unclear = /\bexport\s*\*|\bexport\s+(?:const|let|var)\s*[{[]/.test(text);
  const commonJs = path.endsWith(".cjs") || path.endsWith(".cts") || /\bmodule\.exports\b|\bexports\.\w/.test(text);
  if (unclear || commonJs) return undefined;
  return new Set([...declared(text), ...listed(text)]);
}

function declared(text: string): readonly string[] {
  const pattern = /\bexport\s+(?:(default)\b|(?:async\s+)?(?:function\s*\*?|class|const|let|var|enum)\s+([\w$]+))/g;
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? match[2] ?? []);
}

/** `export { a, b as c, type T }` */
function listed(text: string): readonly string[] {
  return [...text.matchAll(/\bexport\s*\{([^}]*)\}/g)].flatMap((clause) =>
    (clause[1] ?? "").split(",").flatMap((item) => {
      const words = item.trim().split(/\s+/);
      return words[0] === "type" || words[0] === "" ? [] : (words.at(-1) ?? []);
    }),
  );
}

/** Without the comments that begin a line: a comment elsewhere could as well be part of a string or a regular expression. */
function withoutComments(source: string): string {
  return source.replaceAll(/^[ \t]*(?:\/\/.*|\/\*[\s\S]*?\*\/)/gm, "");
}

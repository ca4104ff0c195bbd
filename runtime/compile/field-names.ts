/** What the document calls a field of the model, where that is something else. */
const documentNames: Readonly<Record<string, string>> = {
  fold: "reducer",
  initial: "default",
  maxBytes: "maxSize",
  staleAfterMs: "staleAfter",
};

/** The names that the document has for fields of the model, sorted. */
export function namesInDocument(fields: readonly string[]): readonly string[] {
  return [...new Set(fields.map((field) => documentNames[field] ?? field))].toSorted();
}

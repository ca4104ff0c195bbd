import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";

/** A path that one document names, as another document has to name it. */
export type Rebase = (path: string) => string;

const MODULES = ["handler", "graph"] as const;

/** A node's fields, for a document in another folder. */
export function nodeElsewhere(fields: JsonObject, rebase: Rebase): JsonObject {
  const moved = withPaths(fields, rebase);
  const { fallback } = fields;
  return typeof fallback === "string" ? { ...moved, fallback: rebase(fallback) } : moved;
}

/** A channel's fields, for a document in another folder. */
export function channelElsewhere(fields: JsonObject, rebase: Rebase): JsonObject {
  const { reducer } = fields;
  return isObject(reducer) ? { ...fields, reducer: withPaths(reducer, rebase) } : fields;
}

function withPaths(fields: JsonObject, rebase: Rebase): JsonObject {
  const moved = MODULES.flatMap((name): (readonly [string, JsonValue])[] => {
    const value = fields[name];
    return typeof value === "string" ? [[name, rebase(value)]] : [];
  });
  return { ...fields, ...Object.fromEntries(moved) };
}

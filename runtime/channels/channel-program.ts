import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { ChannelDef } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";
import { reducers } from "./reducers.js";

/** A channel ready to run: its reducer, and its schema compiled at the first write. */
export class ChannelProgram {
  readonly def: ChannelDef;
  readonly reducer: Reducer;
  #validate: ValidateFunction | undefined;

  constructor(def: ChannelDef) {
    this.def = def;
    this.reducer = reducers[def.reducer];
  }

  /** Why a write does not fit, or nothing. `node` is named in the error. Costs what is written. */
  check(write: JsonValue, node: string): ErrorInfo | undefined {
    const refused = this.reducer.refuses?.(write);
    if (refused !== undefined) return this.#error(node, "", refused);
    const part = this.reducer.writeSchema(this.def);
    if (Object.keys(part.schema).length === 0) return undefined;
    this.#validate ??= compileSchema(part.schema);
    const items: readonly JsonValue[] = part.each && Array.isArray(write) ? (write as readonly JsonValue[]) : [write];
    for (const [index, item] of items.entries()) {
      if (this.#validate(item)) continue;
      const first = this.#validate.errors?.[0];
      const path = `${part.each && Array.isArray(write) ? `/${index}` : ""}${first?.instancePath ?? ""}`;
      return this.#error(node, path, first?.message ?? "does not fit the schema");
    }
    return undefined;
  }

  #error(node: string, path: string, reason: string): ErrorInfo {
    const place = path === "" ? "" : ` at ${path}`;
    return errorInfo("CHANNEL_SCHEMA", `Node "${node}" wrote to channel "${this.def.name}"${place}: ${reason}.`, {
      node,
      channel: this.def.name,
      path,
    });
  }
}

/** Compiles a JSON Schema (draft 2020-12). Unknown keywords are ignored, as JSON Schema says. */
export function compileSchema(schema: ChannelDef["schema"]): ValidateFunction {
  return new Ajv2020({ strict: false, allErrors: false }).compile(schema);
}

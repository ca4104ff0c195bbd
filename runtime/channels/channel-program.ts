import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { ChannelDef } from "../model/graph.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Reducer, WriteCheck } from "./reducer.js";
import { reducers } from "./reducers.js";
import { CHANNEL_SCHEMA_ID } from "./schema-parts.js";

/** A channel ready to run: its reducer, and its schema compiled at the first write. */
export class ChannelProgram {
  readonly def: ChannelDef;
  readonly reducer: Reducer;
  readonly #check: WriteCheck;
  #validate: ValidateFunction | undefined;

  constructor(def: ChannelDef) {
    this.def = def;
    this.reducer = reducers[def.reducer];
    this.#check = this.reducer.check(def);
  }

  /** Why a write does not fit, or nothing. `node` is named in the error. Costs what is written. */
  check(write: JsonValue | undefined, node: string): ErrorInfo | undefined {
    if (write === undefined) {
      if (this.reducer.clearable === true) return undefined;
      return this.#error(
        node,
        "",
        `a \`${this.reducer.name}\` channel does not take \`undefined\`; leave the channel out to write nothing`,
      );
    }
    const refused = this.reducer.refuses?.(write);
    if (refused !== undefined) return this.#error(node, refused.path, refused.reason);
    const { schema, parts } = this.#check;
    if (Object.keys(schema).length === 0) return undefined;
    this.#validate ??= this.#compile(schema);
    for (const [path, part] of parts?.(write) ?? [["", write] as const]) {
      if (this.#validate(part)) continue;
      const first = this.#validate.errors?.[0];
      return this.#error(node, `${path}${first?.instancePath ?? ""}`, first?.message ?? "does not fit the schema");
    }
    return undefined;
  }

  #compile(part: JsonObject): ValidateFunction {
    return newAjv().addSchema(this.def.schema, CHANNEL_SCHEMA_ID).compile(part);
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
export function compileSchema(schema: JsonObject): ValidateFunction {
  return newAjv().compile(schema);
}

function newAjv(): Ajv2020 {
  // The document has been checked: a schema that is none is a problem there.
  return new Ajv2020({ strict: false, allErrors: false, logger: false, validateSchema: false });
}

import { errorInfo, type ErrorInfo } from "../errors.js";
import type { FileVersion } from "../model/file-version.js";
import type { ChannelDef } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";
import type { Reducer, Refusal, WriteCheck } from "./reducer.js";
import { reducers } from "./reducers.js";
import { schemaCheck, type SchemaCheck } from "./schema-check.js";

/** A channel ready to run: its reducer, and its schema compiled at the first write. */
export class ChannelProgram {
  readonly def: ChannelDef;
  readonly reducer: Reducer;
  /** The module of a reducer of the user's, where its version is known. */
  readonly file: FileVersion | undefined;
  readonly #check: WriteCheck;
  #fits: SchemaCheck | undefined;

  constructor(def: ChannelDef, file?: FileVersion) {
    this.def = def;
    this.file = file;
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
    if (this.reducer.apart === true) return undefined; // it is for the user's reducer to judge; what that gives is checked
    const fault = this.misfit(write);
    return fault === undefined ? undefined : this.#error(node, fault.path, fault.reason);
  }

  /** Where and why a value does not fit, or nothing. */
  misfit(write: JsonValue): Refusal | undefined {
    const refused = this.reducer.refuses?.(write);
    if (refused !== undefined) return refused;
    const { schema, parts } = this.#check;
    if (Object.keys(schema).length === 0) return undefined;
    this.#fits ??= schemaCheck(schema, this.def.schema);
    for (const [path, part] of parts?.(write) ?? [["", write] as const]) {
      const fault = this.#fits(part);
      if (fault !== undefined) return { path: `${path}${fault.path}`, reason: fault.reason };
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

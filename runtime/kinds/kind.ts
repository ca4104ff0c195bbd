import type { ExpressionScope } from "../expression/cel.js";
import type { FileVersions } from "../model/file-version.js";
import type { NodeDef } from "../model/graph.js";
import type { Behaviour } from "../plan/behaviour.js";

/** One node kind. `compile` is given a definition that the document's validation accepted. */
export interface KindDefinition<Def extends NodeDef> {
  readonly kind: Def["kind"];
  /** Makes the behaviour. Throws `PatchbayError` (`EXPRESSION`) for an expression that validation should have refused. */
  compile(def: Def, scope: ExpressionScope, files: FileVersions): Behaviour;
}

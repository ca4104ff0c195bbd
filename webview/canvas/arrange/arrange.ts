import type { Intent } from "../../../runtime/document/intent.js";
import type { GraphView } from "../../protocol/views.js";
import { alignIntents, distributeIntents, tidyIntents, type Alignment, type Distribution } from "./align.js";

/** What arranges the selected nodes. */
export type ArrangeAction =
  | { readonly type: "align"; readonly to: Alignment }
  | { readonly type: "distribute"; readonly way: Distribution }
  | { readonly type: "tidy" };

/** One edit that arranges nodes; none where they stand so already. */
export function arrangeIntents(graph: GraphView, ids: readonly string[], action: ArrangeAction): Intent[] {
  switch (action.type) {
    case "align":
      return alignIntents(graph, ids, action.to);
    case "distribute":
      return distributeIntents(graph, ids, action.way);
    case "tidy":
      return tidyIntents(graph, ids);
  }
}

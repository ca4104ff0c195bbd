import { typesText } from "../../runtime/types/graph-types.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { LookAnswer, LookCall } from "../../webview/protocol/looks.js";
import { channelUses } from "../inspector/channel-uses.js";
import { noPast } from "../run/past-views.js";

/** What the inspector asks about a graph that was, answered from its text: nobody types there, and nothing runs. */
export function lookAtRevision(parsed: Pick<ParsedDocument, "graph">, call: LookCall): LookAnswer {
  switch (call.name) {
    case "channel/load":
      return channelUses(parsed, call.params.channel);
    case "types/load":
      return { text: typesText(parsed.graph, call.params.node) };
    case "expression/check":
      return { problems: [], reads: [] };
    case "expression/complete":
    case "name/suggest":
    case "handler/suggest":
      return { from: 0, to: 0, items: [] };
    case "task/load":
      return { tasks: [] };
    case "past/outline":
      return noPast;
    case "past/load":
    case "told/listen":
    case "edge/explain":
    case "figures/load":
      return null;
  }
}

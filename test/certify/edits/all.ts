import { channelEdits } from "./channel-edits.js";
import { edgeEdits } from "./edges.js";
import { failureEdits } from "./failures.js";
import type { HandMade } from "./hand-made.js";
import { innerEdits } from "./inner-graphs.js";
import { joinEdits } from "./joins.js";
import { listEdits } from "./lists.js";
import { nodeEdits } from "./nodes.js";
import { questionEdits } from "./questions.js";
import { settingEdits } from "./settings.js";
import { taskEdits } from "./tasks.js";

/** The edits by hand, by what they are of. */
export const handMade: Readonly<Record<string, readonly HandMade[]>> = {
  nodes: nodeEdits,
  "edges and conditions": edgeEdits,
  joins: joinEdits,
  "questions and decisions": questionEdits,
  "sent tasks, chosen nodes, actions": taskEdits,
  failures: failureEdits,
  channels: channelEdits,
  "graphs inside nodes": innerEdits,
  lists: listEdits,
  "how nodes are run, forced routes, names, order": settingEdits,
};

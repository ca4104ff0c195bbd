// The snippets that everybody has, in the form of the clipboard. What is left open in them are handlers and conditions.
import type { JsonObject } from "../../../runtime/model/json.js";
import type { SnippetView } from "../../protocol/palette.js";

function snippet(name: string, description: string, document: JsonObject): SnippetView {
  return { name, description, text: JSON.stringify({ patchbay: 1, ...document }) };
}

/** Built in. */
export const snippets: readonly SnippetView[] = [
  snippet("Retry with fallback", "Try three times, ever slower, then do something else", {
    nodes: {
      try: {
        kind: "code",
        label: "Try",
        handler: "./nodes/try.ts",
        retry: { attempts: 3, delay: "1s", backoff: 2, jitter: 0.2 },
        timeout: "30s",
      },
      fall_back: { kind: "code", label: "Fall back", handler: "./nodes/fall-back.ts" },
    },
    edges: { failed: { from: "try", to: "fall_back", on: "@error" } },
    layout: { try: [0, 0], fall_back: [300, 120] },
  }),
  snippet("Ask a person, then go on", "Wait for a decision, and go one way or the other", {
    nodes: {
      ask: { kind: "barrier", label: "Ask", prompt: "Go on?" },
      approved: { kind: "code", label: "Approved", handler: "./nodes/approved.ts" },
      rejected: { kind: "code", label: "Rejected", handler: "./nodes/rejected.ts" },
    },
    edges: {
      approve: { from: "ask", to: "approved", on: "approve" },
      reject: { from: "ask", to: "rejected", on: "reject" },
    },
    layout: { ask: [0, 60], approved: [300, 0], rejected: [300, 120] },
  }),
  snippet("Fan out and gather", "Do several things at once, and go on when all are done", {
    nodes: {
      split: { kind: "code", label: "Split", handler: "./nodes/split.ts" },
      left: { kind: "code", label: "One part", handler: "./nodes/one-part.ts" },
      right: { kind: "code", label: "Other part", handler: "./nodes/other-part.ts" },
      gather: { kind: "code", label: "Gather", handler: "./nodes/gather.ts", join: "all" },
    },
    edges: {
      out: { from: "split", to: "left" },
      out2: { from: "split", to: "right" },
      in: { from: "left", to: "gather" },
      in2: { from: "right", to: "gather" },
    },
    layout: { split: [0, 60], left: [300, 0], right: [300, 120], gather: [600, 60] },
  }),
  snippet("Loop until", "Work again and again until a condition is met, ten times at most", {
    channels: { attempts: { schema: { type: "integer" }, reducer: "sum", default: 0 } },
    nodes: {
      work: { kind: "code", label: "Work", handler: "./nodes/work.ts" },
      check: { kind: "expression", label: "Done?", set: { attempts: "1" } },
      done: { kind: "code", label: "Done", handler: "./nodes/done.ts" },
    },
    edges: {
      look: { from: "work", to: "check" },
      again: { from: "check", to: "work", when: "attempts < 10" },
      enough: { from: "check", to: "done", else: true },
    },
    layout: { work: [0, 0], check: [300, 0], done: [600, 0] },
  }),
];

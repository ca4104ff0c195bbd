/** The text of a small graph that runs as it is: it writes a draft, asks about it, and writes another until it is approved. */
export function starterGraph(title: string): string {
  return `{
  "patchbay": 1,
  "title": ${JSON.stringify(title)},
  "channels": {
    "drafts": { "schema": { "type": "integer" }, "reducer": "sum", "default": 0 },
    "text": { "schema": { "type": "string" } }
  },
  "nodes": {
    "write": {
      "kind": "expression",
      "label": "Write a draft",
      "set": { "drafts": "1", "text": "'Draft ' + string(int(drafts) + 1)" }
    },
    "review": { "kind": "barrier", "label": "Review", "prompt": "Is “{{text}}” good enough?" }
  },
  "edges": {
    "begin": { "from": "@start", "to": "write" },
    "ask": { "from": "write", "to": "review" },
    "again": { "from": "review", "to": "write", "on": "reject" },
    "done": { "from": "review", "to": "@end", "on": "approve" }
  },
  "layout": {
    "@start": [0, 120],
    "write": [160, 100],
    "review": [460, 100],
    "@end": [760, 120]
  }
}
`;
}

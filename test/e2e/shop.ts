import type { Workbench } from "./workbench.js";

/** The file of the shop: a graph that takes an order, asks whether to send it, and sends it. */
export const SHOP = "shop.patchbay.json";

/** Its text; `routes`: the edges from where the order is taken to where it is asked about. */
export function shopText(routes = `"asked": { "from": "take", "to": "approve" },`): string {
  return `{
  "patchbay": 1,
  "title": "Shop",
  "channels": {
    "order": { "schema": { "type": "string" } },
    "note": { "schema": { "type": "string" } }
  },
  "nodes": {
    "take": { "kind": "expression", "label": "Take", "set": { "order": "'a lamp'" } },
    "approve": { "kind": "barrier", "label": "Approve", "prompt": "Send {{order}}?" },
    "send": { "kind": "expression", "label": "Send", "set": { "note": "order + ' sent'" } }
  },
  "edges": {
    "begin": { "from": "@start", "to": "take" },
    ${routes}
    "approved": { "from": "approve", "to": "send", "on": "approve" },
    "rejected": { "from": "approve", "to": "@end", "on": "reject" },
    "done": { "from": "send", "to": "@end" }
  },
  "layout": {
    "@start": [0, 0],
    "take": [160, 0],
    "approve": [460, 0],
    "send": [760, 0],
    "@end": [1060, 0]
  }
}
`;
}

/** Renames its channel `order` in the text, wherever it is named. */
export async function renameOrder(workbench: Workbench): Promise<void> {
  await workbench.focusText();
  await workbench.goTo(5, 7); // where it is declared
  await workbench.press("Control+F2"); // selects every place that names it
  await workbench.insert("purchase");
}

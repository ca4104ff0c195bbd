import type { Drawing, DrawnNode } from "./drawing.js";

/** What stands around a node's words, by its kind: the shapes of Mermaid's flowcharts. */
const shapes: Readonly<Record<string, readonly [open: string, close: string]>> = {
  "": ["([", "])"],
  expression: ["[/", "/]"],
  barrier: ["{{", "}}"],
  http: [">", "]"],
  map: ["[[", "]]"],
  subgraph: ["[[", "]]"],
};

/** A graph as a Mermaid flowchart, which Markdown on GitHub and GitLab draws. */
export function mermaidOf({ title, nodes, edges }: Drawing): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`])); // ids may be words of Mermaid's own
  const lines = [
    ...(title === "" ? [] : ["---", `title: ${JSON.stringify(title)}`, "---"]),
    "flowchart LR",
    ...nodes.map((node) => `  ${names.get(node.id) ?? ""}${shaped(node)}`),
    ...edges.map(({ from, to, words, style, ends }) => {
      const line = style === "plain" ? "-->" : style === "error" ? "==>" : "-.->";
      const said = [words, ...(ends ? ["ends the run"] : [])].filter(Boolean).join(", ");
      return `  ${names.get(from) ?? ""} ${line}${said === "" ? "" : `|${quoted(said)}|`} ${names.get(to) ?? ""}`;
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function shaped({ label, kind }: DrawnNode): string {
  const [open, close] = shapes[kind] ?? ["[", "]"];
  return `${open}${quoted(label)}${close}`;
}

/** Entities stand for what would end the words, or mean something in them. */
function quoted(words: string): string {
  const escaped = words.replaceAll(/[#"<>&`]/g, (character) => `#${character.charCodeAt(0)};`).replaceAll(/\s+/g, " ");
  return `"${escaped}"`;
}

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
export function mermaidOf({ title, orientation, nodes, edges, notes, groups }: Drawing): string {
  // Ids may be words of Mermaid's own.
  const names = new Map([...nodes, ...notes].map(({ id }, index) => [id, `n${index}`]));
  const texts = new Map([
    ...nodes.map((node) => [node.id, shaped(node)] as const),
    ...notes.map(({ id, text }) => [id, `@{ shape: braces, label: ${quoted(text)} }`] as const),
  ]);
  const line = (id: string, indent: string): string => `${indent}${names.get(id) ?? ""}${texts.get(id) ?? ""}`;
  const grouped = new Set(groups.flatMap((group) => group.nodes));
  const lines = [
    ...(title === "" ? [] : ["---", `title: ${JSON.stringify(title)}`, "---"]),
    `flowchart ${orientation === "left-to-right" ? "LR" : "TB"}`,
    ...groups.flatMap(({ label, nodes: members }, index) => [
      `  subgraph g${index} [${quoted(label === "" ? " " : label)}]`,
      ...members.map((id) => line(id, "    ")),
      "  end",
    ]),
    ...[...texts.keys()].filter((id) => !grouped.has(id)).map((id) => line(id, "  ")),
    ...edges.map(({ from, to, words, style, ends }) => {
      const arrow = style === "plain" ? "-->" : style === "error" ? "==>" : "-.->";
      const said = [words, ...(ends ? ["ends the run"] : [])].filter(Boolean).join(", ");
      return `  ${names.get(from) ?? ""} ${arrow}${said === "" ? "" : `|${quoted(said)}|`} ${names.get(to) ?? ""}`;
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

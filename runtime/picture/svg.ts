import type { Drawing, DrawnEdge, DrawnNode } from "./drawing.js";
import { CARD, TERMINAL } from "../model/card-size.js";

const MARGIN = 40;
/** How far an edge to what lies behind goes beneath what is between its ends, and out at their sides; how round its corners are. */
const BENEATH = 40;
const ASIDE = 24;
const ROUND = 16;
/** Over the top to the node itself. */
const RISE = 70;
const REACH = 50;
/** Characters of a card's label, and of an edge's words, that have room. */
const LABEL = 26;
const WORDS = 34;

/** Light, and dark where the reader prefers that. */
const STYLE = `
  .page { fill: #ffffff } .card { fill: #f7f7f8; stroke: #c4c4cc } .label { fill: #1f1f24 } .kind, .words { fill: #5f5f6b }
  .edge { fill: none; stroke: #8a8a96; stroke-width: 1.5 } .conditional { stroke-dasharray: 6 4 } .error { stroke: #c4314b; stroke-dasharray: 6 4 }
  .back { fill: #ffffff } text { font: 13px system-ui, sans-serif } .kind, .words { font-size: 11px } .title { font-weight: 600; font-size: 15px }
  @media (prefers-color-scheme: dark) {
    .page, .back { fill: #1f1f23 } .card { fill: #2b2b31; stroke: #53535e } .label { fill: #ececf1 } .kind, .words { fill: #a4a4b0 } .edge { stroke: #8f8f9c }
    .error { stroke: #f1707b }
  }`;

/** A graph as an SVG picture, with its nodes where the layout has them; it needs nothing beside itself. */
export function svgOf(drawing: Drawing): string {
  const { title, nodes, edges } = drawing;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const paths = edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ edge, ...pathOf(from, to, nodes) }];
  });
  const left = Math.min(...nodes.map(({ at }) => at[0])) - MARGIN - ASIDE;
  const top = Math.min(...nodes.map(({ at }) => at[1])) - MARGIN - RISE;
  const right = Math.max(...nodes.map((node) => node.at[0] + sizeOf(node).width)) + MARGIN + ASIDE;
  const bottom = Math.max(...nodes.map((node) => node.at[1] + sizeOf(node).height), ...paths.map(({ lowest }) => lowest)) + MARGIN;
  const [width, height] = [right - left, bottom - top];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">',
    '<path d="M0.5 0.5 L7.5 4 L0.5 7.5 Z" fill="context-stroke"/></marker></defs>',
    `<rect class="page" x="${left}" y="${top}" width="${width}" height="${height}"/>`,
    `<text class="label title" x="${left + MARGIN}" y="${top + MARGIN}">${escaped(title)}</text>`,
    ...paths.map(({ edge, path }) => `<path class="edge ${edge.style}" d="${path}" marker-end="url(#arrow)"/>`),
    ...paths.map(({ edge, middle }) => wordsAt(edge, middle)),
    ...nodes.map(cardOf),
    "</svg>",
    "",
  ].join("\n");
}

type Point = readonly [x: number, y: number];

interface Way {
  readonly path: string;
  readonly middle: Point;
  readonly lowest: number;
}

/** A curve to what lies ahead, a rounded way beneath to what lies behind, over the top to the node itself. */
function pathOf(from: DrawnNode, to: DrawnNode, nodes: readonly DrawnNode[]): Way {
  const [sx, sy]: Point = [from.at[0] + sizeOf(from).width, from.at[1] + sizeOf(from).height / 2];
  const [tx, ty]: Point = [to.at[0], to.at[1] + sizeOf(to).height / 2];
  const middle = (sx + tx) / 2;
  if (from.id === to.id) {
    const top = sy - RISE;
    const path = `M ${sx},${sy} C ${sx + REACH},${sy} ${sx + REACH},${top} ${middle},${top} C ${tx - REACH},${top} ${tx - REACH},${ty} ${tx},${ty}`;
    return { path, middle: [middle, top], lowest: sy };
  }
  if (tx > sx) {
    const bend = Math.max(40, (tx - sx) / 2);
    return {
      path: `M ${sx},${sy} C ${sx + bend},${sy} ${tx - bend},${ty} ${tx},${ty}`,
      middle: [middle, (sy + ty) / 2],
      lowest: Math.max(sy, ty),
    };
  }
  const between = nodes.filter((node) => node.at[0] < sx && node.at[0] + sizeOf(node).width > tx);
  const low = Math.max(sy, ty, ...between.map((node) => node.at[1] + sizeOf(node).height)) + BENEATH;
  const [out, back] = [sx + ASIDE, tx - ASIDE];
  const down = `H ${out - ROUND} Q ${out},${sy} ${out},${sy + ROUND} V ${low - ROUND} Q ${out},${low} ${out - ROUND},${low}`;
  const up = `H ${back + ROUND} Q ${back},${low} ${back},${low - ROUND} V ${ty + ROUND} Q ${back},${ty} ${back + ROUND},${ty}`;
  const path = `M ${sx},${sy} ${down} ${up} H ${tx}`;
  return { path, middle: [middle, low], lowest: low };
}

function cardOf(node: DrawnNode): string {
  const { width, height } = sizeOf(node);
  const [x, y] = node.at;
  const radius = node.kind === "" ? height / 2 : 6;
  const card = `<rect class="card" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
  const center = `x="${x + width / 2}" text-anchor="middle"`;
  if (node.kind === "") return `${card}<text class="label" ${center} y="${y + height / 2 + 5}">${escaped(node.label)}</text>`;
  const label = `<text class="label" x="${x + 16}" y="${y + 27}">${escaped(shortened(node.label, LABEL))}</text>`;
  return `${card}${label}<text class="kind" x="${x + 16}" y="${y + 45}">${escaped(node.kind)}</text>`;
}

function wordsAt({ words, ends }: DrawnEdge, [x, y]: Point): string {
  const said = shortened([words, ...(ends ? ["ends the run"] : [])].filter(Boolean).join(", "), WORDS);
  if (said === "") return "";
  const width = said.length * 6.2 + 10;
  return `<rect class="back" x="${x - width / 2}" y="${y - 9}" width="${width}" height="18" rx="9"/><text class="words" x="${x}" y="${y + 4}" text-anchor="middle">${escaped(said)}</text>`;
}

function sizeOf({ kind }: DrawnNode): { readonly width: number; readonly height: number } {
  return kind === "" ? TERMINAL : CARD;
}

function shortened(words: string, most: number): string {
  const line = words.replaceAll(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

import type { Box } from "../model/annotation.js";
import type { Drawing, DrawnEdge, DrawnNode } from "./drawing.js";
import { CARD, TERMINAL, type Size } from "../model/card-size.js";
import { courseOf, lanesOf, pathOf, type Lane, type Point } from "../model/wire-course.js";
import { ANNOTATION_STYLE, frameOf, noteOf } from "./svg-annotations.js";
import { escaped, shortened } from "./svg-words.js";

const MARGIN = 40;
/** How far an edge to what lies behind goes beneath what is between its ends, and what edges may need at the sides. */
const BENEATH = 40;
const ASIDE = 24;
const RISE = 70;
/** Characters of a card's label, and of an edge's words, that have room. */
const LABEL = 26;
const WORDS = 24;

/** How a picture is coloured, and whether it has a ground of its own. */
export interface Look {
  /** `auto`: light, and dark where the reader prefers that. */
  readonly scheme: "auto" | "light" | "dark";
  readonly transparent: boolean;
}

const usual: Look = { scheme: "auto", transparent: false };
const when = { auto: "(prefers-color-scheme: dark)", light: "not all", dark: "all" } as const;

const styleOf = (scheme: Look["scheme"]): string => `
  .page { fill: #ffffff } .card { fill: #f7f7f8; stroke: #c4c4cc } .label { fill: #1f1f24 } .kind, .words { fill: #5f5f6b }
  .edge { fill: none; stroke: #8a8a96; stroke-width: 1.5 } .conditional { stroke-dasharray: 6 4 } .error { stroke: #c4314b; stroke-dasharray: 6 4 }
  .back { fill: #ffffff } text { font: 13px system-ui, sans-serif } .kind, .words { font-size: 11px } .title { font-weight: 600; font-size: 15px }
  @media ${when[scheme]} {
    .page, .back { fill: #1f1f23 } .card { fill: #2b2b31; stroke: #53535e } .label { fill: #ececf1 } .kind, .words { fill: #a4a4b0 } .edge { stroke: #8f8f9c }
    .error { stroke: #f1707b }
  }`;

/** A graph as an SVG picture, with its nodes where the layout has them; it needs nothing beside itself. */
export function svgOf(drawing: Drawing, look: Look = usual): string {
  return pictureOf(drawing, look).svg;
}

/** The same, with its size. */
export function pictureOf(drawing: Drawing, { scheme, transparent }: Look): Size & { readonly svg: string } {
  const { title, nodes, edges, notes, groups } = drawing;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const lanes = lanesOf(edges);
  const paths = edges.flatMap((edge, index) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ edge, ...wayOf(from, to, drawing, lanes.get(index)) }];
  });
  const drawn = [...nodes.map(boxOf), ...notes.map(({ box }) => box), ...groups.map(({ box }) => box)];
  const boxes = drawn.length === 0 ? [[0, 0, 0, 0] as const] : drawn;
  const left = Math.min(...boxes.map(([x]) => x)) - MARGIN - ASIDE;
  const top = Math.min(...boxes.map(([, y]) => y)) - MARGIN - RISE;
  const right = Math.max(...boxes.map(([x, , wide]) => x + wide), ...paths.map((each) => each.right)) + MARGIN + ASIDE;
  const bottom = Math.max(...boxes.map(([, y, , high]) => y + high), ...paths.map(({ lowest }) => lowest)) + MARGIN;
  const [width, height] = [right - left, bottom - top];
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${styleOf(scheme)}${notes.length + groups.length === 0 ? "" : ANNOTATION_STYLE}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">',
    '<path d="M0.5 0.5 L7.5 4 L0.5 7.5 Z" fill="context-stroke"/></marker></defs>',
    ...(transparent ? [] : [`<rect class="page" x="${left}" y="${top}" width="${width}" height="${height}"/>`]),
    `<text class="label title" x="${left + MARGIN}" y="${top + MARGIN}">${escaped(title)}</text>`,
    ...groups.map(frameOf),
    ...notes.map(noteOf),
    ...paths.map(({ edge, path }) => `<path class="edge ${edge.style}" d="${path}" marker-end="url(#arrow)"/>`),
    ...paths.map(({ edge, middle }) => wordsAt(edge, middle)),
    ...nodes.map(cardOf),
    "</svg>",
    "",
  ];
  return { svg: lines.join("\n"), width, height };
}

function boxOf(node: DrawnNode): Box {
  const { width, height } = sizeOf(node);
  return [node.at[0], node.at[1], width, height];
}

interface Way {
  readonly path: string;
  readonly middle: Point;
  /** Its outermost coordinates. */
  readonly right: number;
  readonly lowest: number;
}

/** How an edge runs: as on the canvas. */
function wayOf(from: DrawnNode, to: DrawnNode, { orientation, nodes }: Drawing, lane: Lane | undefined): Way {
  const along = orientation === "left-to-right" ? 0 : 1;
  const [source, target] = [portOf(from, along, 1), portOf(to, along, 0)];
  const isBack = along === 0 ? target.x <= source.x : target.y <= source.y;
  const detour = isBack && from.id !== to.id ? detourOf(from, to, nodes, along) : undefined;
  const course = courseOf(source, target, { orientation, isLoop: from.id === to.id, detour, lane });
  const coordinates = (rest: number): number[] => course.points.filter((_, index) => index % 2 === rest);
  return { path: pathOf(course), middle: course.middle, right: Math.max(...coordinates(0)), lowest: Math.max(...coordinates(1)) };
}

/** Where edges leave a node, at its far end, or come to it. */
function portOf(node: DrawnNode, along: 0 | 1, far: 0 | 1): Point {
  const [x, y, width, height] = boxOf(node);
  return along === 0 ? { x: x + far * width, y: y + height / 2 } : { x: x + width / 2, y: y + far * height };
}

/** Past everything that stands between the ends. */
function detourOf(from: DrawnNode, to: DrawnNode, nodes: readonly DrawnNode[], along: 0 | 1): number {
  const across = along === 0 ? 1 : 0;
  const end = (node: DrawnNode, axis: 0 | 1): number => node.at[axis] + (axis === 0 ? sizeOf(node).width : sizeOf(node).height);
  const between = nodes.filter((node) => node.at[along] < end(from, along) && end(node, along) > to.at[along]);
  return Math.max(...[from, to, ...between].map((node) => end(node, across))) + BENEATH;
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

function wordsAt({ words, ends }: DrawnEdge, { x, y }: Point): string {
  const said = shortened([words, ...(ends ? ["ends the run"] : [])].filter(Boolean).join(", "), WORDS);
  if (said === "") return "";
  const width = said.length * 6.2 + 10;
  return `<rect class="back" x="${x - width / 2}" y="${y - 9}" width="${width}" height="18" rx="9"/><text class="words" x="${x}" y="${y + 4}" text-anchor="middle">${escaped(said)}</text>`;
}

function sizeOf({ kind }: DrawnNode): Size {
  return kind === "" ? TERMINAL : CARD;
}

// How a card or an edge is drawn where it is small: what it is told by, in colour and in form. Pure.
import type { CardData, FlowEdge, FlowNode, WireData } from "../canvas/flow-types.js";
import { isDisabled } from "../canvas/interventions.js";
import type { Inks } from "./inks.js";

/**
 * A form for each state, so that none is told by its colour alone: filled when done, crossed out when failed, framed twice while running,
 * hollow in a thick frame while waiting, half filled when due.
 */
export type CardForm = "plain" | "filled" | "crossed" | "framed" | "hollow" | "half";

/** How a card is drawn. */
export interface CardLook {
  readonly form: CardForm;
  /** What it is filled and framed with; plain ones are drawn in the colours of cards. */
  readonly ink: keyof Inks;
}

const plain: CardLook = { form: "plain", ink: "outline" };
const states = {
  due: { form: "half", ink: "due" },
  running: { form: "framed", ink: "running" },
  waiting: { form: "hollow", ink: "waiting" },
  done: { form: "filled", ink: "done" },
  failed: { form: "crossed", ink: "failed" },
} as const satisfies Record<string, CardLook>;

/** Every look that a card can have, in the order in which they are drawn. */
export const cardLooks: readonly CardLook[] = [plain, states.done, states.due, states.waiting, states.running, states.failed];

/** The look of a node. */
export function lookOf(node: FlowNode): CardLook {
  if (node.type !== "card") return plain;
  const { run, paused: isPaused } = node.data;
  if (isPaused) return states.due;
  return run === undefined ? plain : states[run.status];
}

/** What stands at the corner of a card: the most urgent of what it is marked with. */
export type Mark = "error" | "warning" | "stale" | "breakpoint";

/** The marks of a card. */
export function marksOf({
  problems,
  stale,
  breakpoints,
}: Pick<CardData | WireData, "problems" | "stale" | "breakpoints">): readonly Mark[] {
  const severe = problems.some(({ severity }) => severity === "error");
  return [
    ...(problems.length === 0 ? [] : [severe ? ("error" as const) : ("warning" as const)]),
    ...(stale === undefined ? [] : ["stale" as const]),
    ...(breakpoints.length === 0 ? [] : ["breakpoint" as const]),
  ];
}

/** Whether a node is drawn faint. */
export function isFaint(node: FlowNode): boolean {
  return node.type === "card" && isDisabled(node.data.view);
}

/** How an edge is drawn. */
export interface WireLook {
  readonly ink: keyof Inks;
  readonly opacity: number;
  /** In pixels of the screen at full size; drawings of small ones are thinner. */
  readonly width: number;
  /** Lengths of its dashes in canvas pixels; empty: none. */
  readonly dash: readonly number[];
}

const conditional = [6, 4];
/** Every look that an edge can have; what matters more is drawn later, above the others. */
export const wireLooks = {
  plain: { ink: "quiet", opacity: 0.65, width: 1.5, dash: [] },
  conditional: { ink: "quiet", opacity: 0.65, width: 1.5, dash: conditional },
  error: { ink: "failed", opacity: 0.65, width: 1.5, dash: [9, 3, 2, 3] },
  taken: { ink: "quiet", opacity: 1, width: 1.5, dash: [] },
  takenConditional: { ink: "quiet", opacity: 1, width: 1.5, dash: conditional },
  stale: { ink: "stale", opacity: 1, width: 1.5, dash: [14, 5] },
  lit: { ink: "lit", opacity: 1, width: 2.5, dash: [] },
  litConditional: { ink: "lit", opacity: 1, width: 2.5, dash: conditional },
  forced: { ink: "forced", opacity: 1, width: 3, dash: [0.1, 6] },
  selected: { ink: "focus", opacity: 1, width: 2.5, dash: [] },
} as const satisfies Record<string, WireLook>;

/** The look of an edge. */
export function wireLookOf({ data, selected }: FlowEdge): keyof typeof wireLooks {
  if (selected === true) return "selected";
  if (data.forced?.now === true) return "forced";
  const isPlain = data.view.condition === "plain";
  if (data.taken === "latest") return isPlain ? "lit" : "litConditional";
  if (data.stale !== undefined) return "stale";
  if (data.view.condition === "error") return "error";
  if (data.taken === "before") return isPlain ? "taken" : "takenConditional";
  return isPlain ? "plain" : "conditional";
}

// Edits of a graph while a run of it is paused, in a form that both runtimes can be given.

/** What a node does. It adds its id to the log, with what it reads (`:`) and each answer that it was given (`=`). */
export interface SketchNode {
  /** Added in place of its id. */
  readonly says?: string;
  readonly reads?: string;
  /** Values by channel. */
  readonly writes?: Readonly<Record<string, unknown>>;
  /** Questions that it asks one after the other. */
  readonly asks?: readonly string[];
  readonly join?: "all";
}

/** A small graph. Every one has the channels `given` (its input) and `log`. */
export interface Sketch {
  /** How writes are folded, by channel. */
  readonly channels?: Readonly<Record<string, Fold>>;
  readonly nodes: Readonly<Record<string, SketchNode>>;
  /** `id: "a -> b"`, `"a -> b above 3"` (where the input is), `"a -> b else"`. */
  readonly edges: Readonly<Record<string, string>>;
}

/** As both runtimes have them: the last value, the sum, a list that grows. */
export type Fold = "last" | "sum" | "append";

/** An edit of a graph of which a run is paused, and what somebody expects who makes it. */
export interface PausedEdit {
  readonly name: string;
  readonly before: Sketch;
  readonly after: Sketch;
  readonly input?: number;
  /** The run is paused before this node, or in it where the node asks. */
  readonly pausedAt: string;
  /** What is answered before the edit; all else is answered after it. */
  readonly answered?: readonly string[];
  /** The log at the end, in the order of supersteps, of a run that goes on in the right way. */
  readonly right: string;
}

/** What became of the run after the edit. */
export interface Continued {
  /** What ran, by superstep: `2 b | 3 c d`. */
  readonly ran: string;
  /** `completed`, `asks …`, `failed: …`, `refused: …` (nothing ran). */
  readonly status: string;
  readonly log: string;
}

/** `correct`: as expected. `refused`: it did not end, and said why. Of what ended as if all were well: `ended early`, or `wrong`. */
export type Judgement = "correct" | "refused" | "ended early" | "wrong";

/** What a person makes of it. */
export function judgementOf({ right }: PausedEdit, { status, log }: Continued): Judgement {
  if (/^(refused|failed): /.test(status)) return "refused";
  if (status === "completed" && log === right) return "correct";
  return status === "completed" && right.startsWith(`${log} `) ? "ended early" : "wrong";
}

/** The two ends of an edge, and when it is taken. */
export interface SketchEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly above?: number;
  readonly otherwise?: true;
}

/** The edges of a sketch. */
export function edgesOf({ edges }: Sketch): readonly SketchEdge[] {
  return Object.entries(edges).map(([id, text]) => {
    const [, from, to, above, otherwise] = /^(\S+) -> (\S+)(?: above (\d+)| (else))?$/.exec(text) ?? [];
    if (from === undefined || to === undefined) throw new Error(`No edge: ${text}`);
    return {
      id,
      from,
      to,
      ...(above === undefined ? {} : { above: Number(above) }),
      ...(otherwise === undefined ? {} : { otherwise: true }),
    };
  });
}

/** What is answered to a question. */
export function answerTo(question: string): string {
  return question.toUpperCase();
}

/** What a node of a scenario does. Every task writes its label to the log: its node's id, `:` and its input, `=` and each answer. */
export interface ScenarioNode {
  readonly join?: "all" | "deferred";
  /** How many turns of the event loop it takes. */
  readonly turns?: number;
  /** Questions that it asks one after the other. */
  readonly asks?: readonly string[];
  /** How often each of its tasks fails before it does anything. */
  readonly fails?: number;
  /** How often a task is tried, the first time included. */
  readonly attempts?: number;
  /** Where it goes by its own choice, beside or instead of its edges. */
  readonly goto?: readonly string[];
  /** Sends a task to each, two levels deep. Of a's targets the first is given "a0", the second "a1"; b, given "a0", sends "a0.b0". */
  readonly send?: readonly string[];
  /** Its result is used again. */
  readonly cached?: true;
  /** Writes its id to the channel `only`, which takes one write. */
  readonly only?: true;
  /** Does nothing until it is aborted, then writes; its time-out in milliseconds. */
  readonly hangs?: { readonly run: number } | { readonly idle: number };
  /** It is a graph of its own, which shares the log. */
  readonly inner?: { readonly nodes: Readonly<Record<string, ScenarioNode>>; readonly edges: readonly ScenarioEdge[] };
  /** Asks the run to stop at the next boundary. */
  readonly drains?: true;
}

/** An edge; `above`: it fires when the input is above that, `otherwise`: when none of those fired, `error`: when its node failed. */
export interface ScenarioEdge {
  readonly from: string;
  readonly to: string;
  readonly above?: number;
  readonly otherwise?: true;
  readonly error?: true;
}

/** What is done with a run. Each goes on until the run stops again. */
export type Move =
  /** `before`, `after`: stops there. `streamed`: what it streams is part of the trace. */
  | { readonly do: "start"; readonly input: number; readonly before?: string; readonly after?: string; readonly streamed?: true }
  /** Goes on, after a pause or a failure. */
  | { readonly do: "go" }
  /** Question -> answer, each named by its node and its key. */
  | { readonly do: "answer"; readonly with: Readonly<Record<string, string>> }
  /** Writes to the log as if a node had. */
  | { readonly do: "edit"; readonly as: string; readonly write: string }
  | { readonly do: "input"; readonly input: number }
  /** Goes on from the checkpoint after a superstep, of the run inside that node where it says so; `edit`: writing as a node first. */
  | {
      readonly do: "replay";
      readonly from: number;
      readonly inside?: string;
      readonly edit?: { readonly as: string; readonly write: string };
    }
  /** Copies the history into a run of its own and goes on with the copy. */
  | { readonly do: "clone" };

/** A small graph, and what is done with a run of it. */
export interface Scenario {
  /** In the order of their names, which is task order there. */
  readonly nodes: Readonly<Record<string, ScenarioNode>>;
  readonly edges: readonly ScenarioEdge[];
  readonly limit: number;
  readonly moves: readonly Move[];
}

/** What a move came to, in a form that both runtimes have in common. */
export interface MoveTrace {
  /** What tasks did, superstep by superstep: each task with its marks; `-` finished, `!` failed, `?` asked. */
  readonly told: string;
  /** The tasks in the order they ended, where they take different times. */
  readonly ended?: string;
  /** `completed`, `paused`, `asks` and what, `failed` and why. */
  readonly status: string;
  /** What runs next, or is not finished. */
  readonly due: string;
  readonly log: string;
  /** What is streamed: `values` with the log, `updates` with the node. */
  readonly streamed?: string;
  /** What was answered by an earlier result. */
  readonly cached?: string;
  /** `superstep: what was due then` of each checkpoint that stands between two supersteps, newest first. */
  readonly history: string;
}

/** What is done next, by what the move before came to and how many there were; undefined: nothing more. */
export type NextMove = (before: MoveTrace | undefined, moves: number) => Move | undefined;

/** What the tasks that a task sends are given; none of them beyond two levels. */
export function inputsOf(
  id: string,
  { send = [] }: ScenarioNode,
  own: string | undefined,
): readonly { readonly to: string; readonly sent: string }[] {
  if (own?.includes(".") === true) return [];
  return send.map((to, place) => ({ to, sent: `${own === undefined ? "" : `${own}.`}${id}${place}` }));
}

/** A mark of a task. */
export interface Note {
  /** Its number; of a task inside a node, that node, a dot and the number there. */
  readonly superstep: string;
  readonly task: string;
  readonly mark: "-" | "!" | "?";
}

/** The parts of a trace that tell what tasks did. */
export function toldBy(notes: readonly Note[], scenario: Omit<Scenario, "moves">): Pick<MoveTrace, "told" | "ended"> {
  const supersteps = new Map<string, Map<string, string>>();
  for (const { superstep, task, mark } of notes) {
    const tasks = supersteps.get(superstep) ?? new Map<string, string>();
    supersteps.set(superstep, tasks.set(task, (tasks.get(task) ?? "") + mark));
  }
  const told = [...supersteps].map(
    ([superstep, tasks]) =>
      `${superstep} ${[...tasks]
        .map((each) => each.join(""))
        .toSorted()
        .join(" ")}`,
  );
  const timed = Object.values(scenario.nodes).some(({ turns }) => turns !== undefined);
  return { told: told.join(" | "), ...(timed ? { ended: notes.map(({ task }) => task).join(" ") } : {}) };
}

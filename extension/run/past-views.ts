import { superstepOf } from "../../runtime/checkpoint/checkpoint.js";
import { explainEdge, sourceOf } from "../../runtime/run/explain-edge.js";
import type { LookIntoPast } from "../../runtime/run/look-into-past.js";
import type { Moment } from "../../runtime/run/moment.js";
import type { RunSession } from "../../runtime/run/session.js";
import type { RunTally } from "../../runtime/trace/tally.js";
import type { EdgeStory, PastOutline, PastView } from "../../webview/protocol/past.js";
import type { NodeFiguresView } from "../../webview/protocol/views.js";
import { projectFigures } from "../bridge/project-run.js";
import { projectPast, projectTests, rangesOf } from "../bridge/project-past.js";

/** What stands behind one who looks into the past: the run that is shown. */
interface ShownRun {
  readonly run: RunSession | undefined;
}

/** Where there is no run. */
export const noPast: PastOutline = { run: null, now: 0, saved: [], question: [], failure: [], recompile: [], byHand: [] };

/** The past of the run shown, for one canvas. What was read of it is kept as long as that run is the one. */
export class PastViews {
  readonly #shown: ShownRun;
  #look: { readonly run: RunSession; readonly past: LookIntoPast } | undefined;

  constructor(shown: ShownRun) {
    this.#shown = shown;
  }

  outline(): PastOutline {
    const { run } = this.#shown;
    if (run === undefined) return noPast;
    const { marks } = run.tally;
    return {
      run: run.id,
      now: superstepOf(run.frontier),
      saved: rangesOf(this.#past(run).saved),
      question: [...marks.of("question")],
      failure: [...marks.of("failure")],
      recompile: [...marks.of("recompile")],
      byHand: [...marks.of("byHand")],
    };
  }

  /** Null where nothing is known of the superstep, nor of any before it. Throws `STORE`, `CORRUPTED`. */
  load(superstep: number): PastView | null {
    const { run } = this.#shown;
    const past = run === undefined ? undefined : this.#past(run).at(superstep);
    return run === undefined || past === undefined ? null : projectPast(past, run.plan.revision);
  }

  /** What the runs of a node had come to by the end of a superstep. Throws `STORE`, `CORRUPTED`. */
  figures(node: string, superstep: number): NodeFiguresView | null {
    const { run } = this.#shown;
    const past = run === undefined ? undefined : this.#past(run).at(superstep);
    return past === undefined ? null : (projectFigures(past.tally().nodes, [node]) ?? null);
  }

  /** What came of an edge when its node finished last, at the end of a superstep or by now. Throws `STORE`, `CORRUPTED`. */
  explain(edge: string, superstep: number | undefined): EdgeStory | null {
    const { run } = this.#shown;
    if (run === undefined) return null;
    const then = superstep === undefined ? undefined : this.#past(run).at(superstep);
    if (superstep !== undefined && then === undefined) return null;
    const tally: RunTally = then === undefined ? run.tally : then.tally();
    const from = sourceOf(then?.moment.plan ?? run.plan, edge);
    const tested = from === undefined ? undefined : tally.routed(from);
    if (tested === undefined) return null;
    const moment = this.#at(run, tested);
    const found = moment === undefined ? undefined : explainEdge(moment, edge);
    return found === undefined || found.length === 0 ? null : { superstep: tested, tests: projectTests(found) };
  }

  #at(run: RunSession, superstep: number): Moment | undefined {
    const { moment } = run;
    if (!moment.frontier.open && moment.superstep === superstep) return moment;
    const past = this.#past(run).at(superstep);
    return past?.superstep === superstep ? past.moment : undefined;
  }

  #past(run: RunSession): LookIntoPast {
    if (this.#look?.run !== run) this.#look = { run, past: run.lookIntoPast() };
    return this.#look.past;
  }
}

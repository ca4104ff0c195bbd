import type { CompileView, RunView } from "../protocol/views.js";
import type { DebugView } from "../protocol/debug.js";
import { patchedRun } from "./patched-run.js";
import { share } from "./sharing.js";
import type { GetState, RunSlice, SetState } from "./state.js";

const noRun: RunView = {
  sequence: 0,
  run: null,
  status: "none",
  superstep: 0,
  nodes: {},
  edges: {},
  takenByForce: {},
  forced: {},
  overrides: {},
  questions: [],
  channels: {},
};

const noCompile: CompileView = { plan: "", stale: false, backlog: 0 };

const noDebug: DebugView = { nodes: {}, edges: {} };

/** The run, the compiler and the debugger, as the host last told. */
export function runSlice(set: SetState, get: GetState): RunSlice {
  return {
    run: noRun,
    now: noRun,
    compile: noCompile,
    debug: noDebug,
    receiveRun: (run, loaded = false) => {
      const { now: before, past, seeking, leavePast } = get();
      if (!loaded && run.sequence < before.sequence) return;
      const now = share(before, run);
      // What is told of the run takes nobody out of its past; another run does, and one that was taken back to before that.
      const place = past?.superstep ?? seeking;
      const stays = place !== undefined && run.run === before.run && place < run.superstep;
      set(stays && past !== undefined ? { now } : { now, run: share(get().run, now) });
      if (!stays) leavePast();
      if (run.run !== before.run) set({ tails: {}, heard: undefined });
    },
    receiveRunPatch: (patch) => {
      const { now, receiveRun } = get();
      if (now.sequence !== patch.base) return false;
      receiveRun(patchedRun(now, patch));
      return true;
    },
    receiveCompile: (compile) => set({ compile: share(get().compile, compile) }),
    receiveDebug: (debug) => set({ debug: share(get().debug, debug) }),
  };
}

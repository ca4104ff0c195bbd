import type { CompileView, RunView } from "../protocol/views.js";
import type { DebugView } from "../protocol/debug.js";
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
    compile: noCompile,
    debug: noDebug,
    receiveRun: (run, loaded = false) => {
      if (loaded || run.sequence >= get().run.sequence) set({ run: share(get().run, run) });
    },
    receiveCompile: (compile) => set({ compile: share(get().compile, compile) }),
    receiveDebug: (debug) => set({ debug: share(get().debug, debug) }),
  };
}

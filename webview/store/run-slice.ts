import type { CompileView, RunView } from "../protocol/views.js";
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

/** The run and the compiler, as the host last told. */
export function runSlice(set: SetState, get: GetState): RunSlice {
  return {
    run: noRun,
    compile: noCompile,
    receiveRun: (run, loaded = false) => {
      if (loaded || run.sequence >= get().run.sequence) set({ run: share(get().run, run) });
    },
    receiveCompile: (compile) => set({ compile: share(get().compile, compile) }),
  };
}

import { PatchbayError } from "../errors.js";

/** No such run. */
export function noRun(run: string): PatchbayError {
  return new PatchbayError("NOT_FOUND", `There is no run ${run} in this store.`, { run });
}

/** No such checkpoint (it may have been pruned). */
export function noCheckpoint(checkpoint: string): PatchbayError {
  return new PatchbayError("NOT_FOUND", `There is no checkpoint ${checkpoint} in this store.`, { checkpoint });
}

/** A second thing under one id. */
export function exists(what: "run" | "checkpoint", id: string): PatchbayError {
  return new PatchbayError("STORE", `The store already has a ${what} ${id}.`, { [what]: id });
}

/** Another session has written the run since: the number of a trace event is used. */
export function wentOnElsewhere(run: string): PatchbayError {
  return new PatchbayError("RUN_ELSEWHERE", `Run ${run} has been gone on with elsewhere: in another window, or from the command line.`, {
    run,
  });
}

/** A checkpoint that something still needs. */
export function needed(checkpoint: string, dependant: { readonly checkpoint: string } | { readonly run: string }): PatchbayError {
  const by = "run" in dependant ? `run ${dependant.run} stands at it` : `checkpoint ${dependant.checkpoint} is a delta on it`;
  return new PatchbayError("STORE", `Checkpoint ${checkpoint} cannot be deleted: ${by}.`, {
    checkpoint,
    dependant: "run" in dependant ? dependant.run : dependant.checkpoint,
  });
}

/** A run that cannot be deleted by itself: it is inside another run, or another one builds on its checkpoints. */
export function runNeeded(run: string, other: { readonly around: string } | { readonly builtOnBy: string }): PatchbayError {
  const why = "around" in other ? `it is inside run ${other.around}` : `run ${other.builtOnBy} builds on its checkpoints`;
  const dependant = "around" in other ? other.around : other.builtOnBy;
  return new PatchbayError("STORE", `Run ${run} cannot be deleted: ${why}.`, { run, dependant });
}

/** A call on a store that was closed. */
export function storeClosed(): PatchbayError {
  return new PatchbayError("STORE", "The store is closed.");
}

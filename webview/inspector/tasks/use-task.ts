import type { TaskDetails } from "../../protocol/tasks.js";
import { useCanvas, useServices } from "../../store/context.js";
import { keyOf, useAnswer } from "../../store/use-answer.js";

/** A run that is stepped through is asked about once it stands, in milliseconds. */
const STANDS_MS = 120;

/** The tasks of a node by the moment that is looked at, and one of them in full; undefined until the host has answered. */
export function useTask(node: string, task: string | undefined): TaskDetails | undefined {
  const { host } = useServices();
  // While the run is at work it changes all the time; what it tells then is told when it stands.
  const sequence = useCanvas(({ past, run }) => (past === undefined && run.status === "running" ? undefined : run.sequence));
  const superstep = useCanvas((state) => state.past?.superstep);
  const key = sequence === undefined ? undefined : keyOf(node, task, superstep, sequence);
  const params = { node, ...(task === undefined ? {} : { task }), ...(superstep === undefined ? {} : { superstep }) };
  const told = useAnswer(key, async () => ({ ...params, details: await host.request("task/load", params) }), STANDS_MS);
  // An answer of the present is not of the past, nor the other way round.
  const isOfThis = told?.answer.node === node && (told.answer.superstep === undefined) === (superstep === undefined);
  return isOfThis ? told.answer.details : undefined;
}

import type { Plan } from "../plan/plan.js";

/** The plan of a revision whose document is stored; undefined where it cannot be had any more. The same object each time. */
export type PlanSource = (revision: string) => Plan | undefined;

import type { ReducerName } from "../model/graph.js";
import { append } from "./append.js";
import { last } from "./last.js";
import type { Reducer } from "./reducer.js";
import { sum } from "./sum.js";

/** Every reducer by its name. */
export const reducers: Readonly<Record<ReducerName, Reducer>> = {
  last,
  append,
  sum,
};

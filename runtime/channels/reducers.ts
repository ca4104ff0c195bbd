import type { ReducerName } from "../model/graph.js";
import { append } from "./append.js";
import { ephemeral } from "./ephemeral.js";
import { handler } from "./handler.js";
import { last } from "./last.js";
import { latest } from "./latest.js";
import { max } from "./max.js";
import { merge } from "./merge.js";
import { messages } from "./messages.js";
import { min } from "./min.js";
import type { Reducer } from "./reducer.js";
import { sum } from "./sum.js";
import { union } from "./union.js";

/** Every reducer by its name. */
export const reducers: Readonly<Record<ReducerName, Reducer>> = {
  last,
  latest,
  append,
  union,
  merge,
  messages,
  sum,
  min,
  max,
  ephemeral,
  handler,
};

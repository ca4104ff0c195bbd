import type { MoveTrace } from "./scenario.js";

/** A difference on purpose. */
export interface Difference {
  /** Place of the move in its scenario. */
  readonly move: number;
  readonly field: keyof MoveTrace;
  readonly there: string;
  readonly here: string;
  /** The row of `docs/differences-from-langgraph.md` that gives the reason. */
  readonly because: string;
}

/** By scenario, in the order in which they are found. */
export const differences: Readonly<Record<string, readonly Difference[]>> = {
  "6 a deferred join and sent tasks": [
    { move: 0, field: "told", there: "1 a- | 2 b:a0- m- | 3 m-", here: "1 a- | 2 b:a0- | 3 m-", because: "deferred joins and sent tasks" },
    { move: 0, field: "log", there: "a m b:a0 m", here: "a b:a0 m", because: "deferred joins and sent tasks" },
    { move: 0, field: "history", there: "3:, 2: m, 1: b m, 0: a", here: "3:, 2: m, 1: b, 0: a", because: "deferred joins and sent tasks" },
  ],
  "6 a deferred join and a sibling that fails": [
    { move: 1, field: "told", there: "1 b- | 2 m-", here: "1 b- | 2 c- | 3 m-", because: "what finished beside a task that failed" },
    { move: 1, field: "log", there: "a b m", here: "a b c m", because: "what finished beside a task that failed" },
    {
      move: 1,
      field: "history",
      there: "2:, 1: m, 0: a b",
      here: "3:, 2: m, 1: c, 0: a b",
      because: "what finished beside a task that failed",
    },
  ],
  "7 task order of sent tasks": [
    { move: 0, field: "log", there: "a b c:a0 b:a1 c:a2", here: "a b b:a1 c:a0 c:a2", because: "order of tasks in a superstep" },
    { move: 0, field: "history", there: "2:, 1: c b c b, 0: a", here: "2:, 1: b b c c, 0: a", because: "order of tasks in a superstep" },
  ],
  "9 two writers of one value": [
    { move: 0, field: "due", there: "unreadable", here: "", because: "two writers of a plain channel" },
    { move: 0, field: "log", there: "unreadable", here: "a b", because: "two writers of a plain channel" },
  ],
  "10 the limit, exactly": [{ move: 0, field: "status", there: "failed: limit", here: "completed", because: "reaching the limit" }],
  "10 the limit, and on": [
    { move: 1, field: "told", there: "3 a- | 4 a- | 5 a- | 6 a-", here: "", because: "reaching the limit" },
    { move: 1, field: "log", there: "a a a a a a", here: "a a", because: "reaching the limit" },
    {
      move: 1,
      field: "history",
      there: "6: a, 5: a, 4: a, 3: a, 2: a, 1: a, 0: a",
      here: "2: a, 1: a, 0: a",
      because: "reaching the limit",
    },
  ],
  "13 two questions of one node": [{ move: 1, field: "due", there: "", here: "a", because: "a task with one of its questions answered" }],
  "16 a question inside a subgraph": [
    { move: 1, field: "log", there: "a a b c=yes d z", here: "a b c=yes d z", because: "a list that a subgraph shares" },
  ],
  "17 a sibling fails first": [
    { move: 0, field: "told", there: "1 b!", here: "1 a- b!", because: "tasks at work when another fails" },
    { move: 0, field: "ended", there: "b", here: "b a", because: "tasks at work when another fails" },
    { move: 0, field: "due", there: "a b", here: "b", because: "tasks at work when another fails" },
    { move: 0, field: "log", there: "", here: "a", because: "tasks at work when another fails" },
    { move: 1, field: "told", there: "1 a-- b- | 2 c-", here: "1 b- | 2 c-", because: "tasks at work when another fails" },
    { move: 1, field: "ended", there: "b a a c", here: "b c", because: "tasks at work when another fails" },
  ],
  "17 a sibling fails: the routes of the others": [
    { move: 1, field: "told", there: "1 d-", here: "1 d- | 2 e- e:c0- f-", because: "what finished beside a task that failed" },
    { move: 1, field: "log", there: "a b c d", here: "a b c d e e:c0 f", because: "what finished beside a task that failed" },
    {
      move: 1,
      field: "history",
      there: "1:, 0: a b c d",
      here: "2:, 1: e e f, 0: a b c d",
      because: "what finished beside a task that failed",
    },
  ],
  "18 new input to a failed run": [
    {
      move: 1,
      field: "history",
      there: "4: b, 3: a, 2: @start, 1: b, 0: a",
      here: "4: b, 3: a, 1: b, 0: a",
      because: "new input to a run",
    },
  ],
  "20 a copy of a history": [
    { move: 1, field: "told", there: "", here: "2 b- | 3 c-", because: "a copy of a history" },
    { move: 1, field: "status", there: "cannot be done", here: "completed", because: "a copy of a history" },
    { move: 1, field: "log", there: "", here: "a b c", because: "a copy of a history" },
    { move: 1, field: "history", there: "", here: "3:, 2: c, 1: b, 0: a", because: "a copy of a history" },
  ],
  "21 a replay": [
    { move: 1, field: "told", there: "3 b- | 4 c-", here: "2 b- | 3 c-", because: "numbers after a replay" },
    {
      move: 1,
      field: "history",
      there: "4:, 3: c, 2: b, 3:, 2: c, 1: b, 0: a",
      here: "3:, 2: c, 3:, 2: c, 1: b, 0: a",
      because: "numbers after a replay",
    },
  ],
  "22 a fork": [
    { move: 2, field: "told", there: "3 b- | 4 c- | 5 d-", here: "2 b- | 3 c- | 4 d-", because: "numbers after a replay" },
    {
      move: 2,
      field: "history",
      there: "5:, 4: d, 3: c, 2: b, 4:, 3: d, 2: c, 4:, 3: d, 2: c, 1: b, 0: a",
      here: "4:, 3: d, 2: c, 4:, 3: d, 2: c, 4:, 3: d, 2: c, 1: b, 0: a",
      because: "numbers after a replay",
    },
  ],
  "23 time travel inside a subgraph": [
    { move: 1, field: "history", there: "2: s, 1: s, 0: a", here: "1: s, 0: a", because: "numbers after a replay" },
    { move: 2, field: "told", there: "s.2 c- | s.3 d- | 4 z-", here: "s.2 c- | s.3 d- | 3 z-", because: "numbers after a replay" },
    { move: 2, field: "log", there: "a a b c=yes d z", here: "a b c=yes d z", because: "a list that a subgraph shares" },
    { move: 2, field: "history", there: "4:, 3: z, 2: s, 1: s, 0: a", here: "3:, 2: z, 1: s, 0: a", because: "numbers after a replay" },
  ],
  "24 goto beside an edge": [
    { move: 0, field: "told", there: "1 a- | 2 b- c-", here: "1 a- | 2 c-", because: "`goto` beside edges" },
    { move: 0, field: "log", there: "a b c", here: "a c", because: "`goto` beside edges" },
    { move: 0, field: "history", there: "2:, 1: b c, 0: a", here: "2:, 1: c, 0: a", because: "`goto` beside edges" },
  ],
  "24 goto to a join that is met at once": [
    { move: 0, field: "status", there: "paused", here: "completed", because: "`goto` to a join that is met at once" },
    { move: 0, field: "due", there: "m", here: "", because: "`goto` to a join that is met at once" },
    { move: 0, field: "history", there: "2: m, 1: m, 0: a b", here: "2:, 1: m, 0: a b", because: "`goto` to a join that is met at once" },
  ],
  "28 a cached result": [
    { move: 1, field: "told", there: "6 a- | 8 c-", here: "5 a- | 7 c-", because: "new input to a run" },
    {
      move: 1,
      field: "history",
      there: "8:, 7: c, 6: b, 5: a, 4: @start, 3:, 2: c, 1: b, 0: a",
      here: "7:, 6: c, 5: b, 4: a, 3:, 2: c, 1: b, 0: a",
      because: "new input to a run",
    },
  ],
  "30 new input while paused": [
    { move: 1, field: "told", there: "5 a- | 6 b- | 7 c-", here: "4 a- | 5 b- | 6 c-", because: "new input to a run" },
    {
      move: 1,
      field: "history",
      there: "7:, 6: c, 5: b, 4: a, 3: @start, 2: c, 1: b, 0: a",
      here: "6:, 5: c, 4: b, 3: a, 2: c, 1: b, 0: a",
      because: "new input to a run",
    },
  ],
  "30 new input while a question waits": [
    { move: 1, field: "history", there: "2: a, 1: @start, 0: a", here: "2: a, 0: a", because: "new input to a run" },
    { move: 2, field: "history", there: "4:, 3: b, 2: a, 1: @start, 0: a", here: "4:, 3: b, 2: a, 0: a", because: "new input to a run" },
  ],
};

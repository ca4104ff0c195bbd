// What stored things look like, as far as whoever reads them relies on it: a file comes from anywhere, and a store may be damaged. Values
// of channels may be anything; events are known by what all of them have.
import { reducers } from "../channels/reducers.js";
import { isObject } from "../model/json.js";
import { absentOr, allOf, eachIn, number, object, oneOf, shaped, text, type Check } from "../model/shape.js";

/** A name, or none. */
export const textOrNull: Check = (value) => value === null || text(value);
const truth = oneOf(true, false);

const texts = allOf(text);
const error = shaped({ code: text, message: text, details: absentOr(object) });
const send = shaped({ to: text });
const routing = { action: absentOr(text), goto: absentOr(texts), error: absentOr(error) };

const result = shaped({
  task: text,
  node: text,
  writes: object,
  cleared: absentOr(texts),
  send: absentOr(allOf(send)),
  ms: number,
  ...routing,
});
const items = shaped({ task: text, of: text, items: allOf(shaped({ index: number, error: absentOr(error) })) });

const frontier = shaped({
  status: oneOf("running", "completed", "failed", "cancelled"),
  superstep: number,
  open: truth,
  due: allOf(shaped({ id: text, node: text, cause: texts })),
  results: allOf(result),
  routed: allOf(shaped({ task: text, node: text, forced: absentOr(text), sent: absentOr(texts), ...routing })),
  arrivalsBefore: eachIn(texts),
  arrivals: eachIn(texts),
  failures: absentOr(eachIn(object)),
  forced: absentOr(eachIn(text)),
  overrides: absentOr(eachIn(texts)),
  moved: absentOr(eachIn(text)),
  entered: absentOr(number),
  questions: allOf(
    shaped({
      key: text,
      node: text,
      task: text,
      prompt: text,
      actions: texts,
      schema: absentOr(object),
      deadline: absentOr(number),
      inner: absentOr(shaped({ run: text, key: text, asker: texts })),
    }),
  ),
  decisions: eachIn(shaped({ action: text, actor: text, at: number })),
  nested: absentOr(allOf(shaped({ task: text, run: text, checkpoint: text, slot: absentOr(text) }))),
  replay: absentOr(shaped({ mode: text, live: absentOr(texts) })),
  error: absentOr(error),
});

const delta = allOf(shaped({ node: text, writes: object, cleared: absentOr(texts), folded: absentOr(object) }));
const reducerName: Check = (value) => typeof value === "string" && Object.hasOwn(reducers, value);

/** A `Checkpoint`. */
export const checkpointShape: Check = shaped({
  id: text,
  run: text,
  parent: textOrNull,
  trigger: text,
  at: number,
  revision: text,
  traceSeq: number,
  frontier,
  channels: shaped({
    delta,
    earlier: absentOr(allOf(shaped({ superstep: number, delta }))),
    base: absentOr(shaped({ values: object, reducers: eachIn(reducerName) })),
  }),
  items: absentOr(allOf(items)),
});

/** A `PendingResult`. */
export const resultShape: Check = (value) =>
  isObject(value) && ("kept" in value ? text(value["task"]) && items(value["kept"]) : result(value));

/** A list of `TraceEvent`s, by what all have. Said plainly: there are many. */
export const eventsShape: Check = allOf((event) => {
  if (!isObject(event)) return false;
  const { seq, type, superstep, at } = event;
  return typeof seq === "number" && typeof type === "string" && typeof superstep === "number" && typeof at === "number";
});

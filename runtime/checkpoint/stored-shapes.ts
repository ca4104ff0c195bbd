// What stored things look like, as far as whoever reads them relies on it: a file comes from anywhere, and a store may be damaged. Values
// of channels may be anything; events are known by what all of them have.
import { reducers } from "../channels/reducers.js";
import { isObject, type JsonValue } from "../model/json.js";

/** Whether a value is what belongs in its place. */
export type Check = (value: JsonValue | undefined) => boolean;
/** What the fields of an object must be; others may be anything. */
export type Shape = Readonly<Record<string, Check>>;

export const text: Check = (value) => typeof value === "string";
export const number: Check = (value) => typeof value === "number";
export const textOrNull: Check = (value) => value === null || typeof value === "string";
export const object: Check = (value) => isObject(value);
const truth: Check = (value) => typeof value === "boolean";

export const shaped = (shape: Shape): Check => {
  const fields = Object.entries(shape);
  return (value) => isObject(value) && fields.every(([name, check]) => check(value[name]));
};
export const absentOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
export const allOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => check(each));
const eachIn =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every((each) => check(each));

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
  status: (value) => value === "running" || value === "completed" || value === "failed" || value === "cancelled",
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

// What comes from outside, held against what is relied on: a file, a stored row, a message of another process. Reading never throws.
import { isObject } from "./json.js";

/** Whether a value is what belongs in its place. */
export type Check = (value: unknown) => boolean;
/** What the fields of an object must be; others may be anything. */
export type Shape = Readonly<Record<string, Check>>;

export const text: Check = (value) => typeof value === "string";
export const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
export const object: Check = (value) => isObject(value);

/** One of these values, by identity. */
export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

/** What one of these lets pass. */
export const anyOf =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

/** What may be left out. */
export const absentOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** A list of these. */
export const allOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => check(each));

/** An object that has nothing but these, by whatever names. */
export const eachIn =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every((each) => check(each));

/** An object with these fields. */
export const shaped = (shape: Shape): Check => {
  const fields = Object.entries(shape);
  return (value) => isObject(value) && fields.every(([name, check]) => check(value[name]));
};

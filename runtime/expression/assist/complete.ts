// What can be written next in an expression: the variables that there are, their members, functions and macros. Pure.
import { itemMacros } from "../free-names.js";
import { functionHelp, methodHelp, type FunctionHelp } from "./function-help.js";
import { placeAtEnd, type BoundName, type Path } from "./scan.js";
import { anything, inside, itemOf, kindOf, membersOf, typeText, type Shape } from "./shape.js";

/** A variable that an expression can name. */
export interface NamedShape {
  readonly name: string;
  readonly kind: "channel" | "variable";
  readonly shape: Shape;
  /** One line for people. */
  readonly help: string;
}

/** Something that can be written. */
export interface Completion {
  readonly label: string;
  readonly kind: "channel" | "variable" | "property" | "function" | "macro";
  /** Its type, or how it is called. */
  readonly detail: string;
  readonly help: string;
  /** What is written. */
  readonly insert: string;
  /** Where the caret stands then, in what is written. */
  readonly caret: number;
}

/** What can be written in place of a part of an expression. */
export interface Completions {
  /** The part that it replaces. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}

/** What the completer asks about what is more than a path: its type, as the checker names it. */
export type TypeOf = (expression: string) => string | undefined;

const NAME = /^[A-Za-z_]\w*$/;
const nothing: readonly Completion[] = [];

/** What can stand at a place of an expression. What it replaces reaches to the end of the name that the place is in. */
export function completionsAt(source: string, at: number, names: readonly NamedShape[], typeOf: TypeOf): Completions {
  const place = placeAtEnd(source.slice(0, at));
  if (place === undefined) return { from: at, to: at, items: nothing };
  const around = [...bound(place.bound, names), ...names];
  const all = place.of === undefined ? standing(around) : ofMember(place.path, place.of, around, typeOf);
  const behind = /^\w*/.exec(source.slice(at))?.[0] ?? "";
  return { from: at - place.started.length, to: at + behind.length, items: fitting(all, place.started) };
}

/** Those that begin so, then those that have it within. */
function fitting(items: readonly Completion[], started: string): readonly Completion[] {
  const wanted = started.toLowerCase();
  const rank = ({ label }: Completion): number => label.toLowerCase().indexOf(wanted);
  const fit = items.filter((item) => rank(item) !== -1);
  return [...fit.filter((item) => rank(item) === 0), ...fit.filter((item) => rank(item) > 0)];
}

/** The items of lists, by the names that macros give them. */
function bound(all: readonly BoundName[], names: readonly NamedShape[]): readonly NamedShape[] {
  const found: NamedShape[] = [];
  for (const { name, over } of all.toReversed()) {
    const list = over === undefined ? anything : shapeAt(over, [...found, ...names]);
    found.unshift({ name, kind: "variable", shape: itemOf(list), help: "The item that is looked at." });
  }
  return found;
}

function standing(names: readonly NamedShape[]): readonly Completion[] {
  const seen = new Set<string>();
  const variables = names.flatMap(({ name, kind, shape, help }): Completion[] => {
    if (seen.has(name)) return []; // hidden by one further in
    seen.add(name);
    return [{ label: name, kind, detail: typeText(shape), help, insert: name, caret: name.length }];
  });
  return [...variables, ...called(functionHelp)];
}

function ofMember(path: Path | undefined, text: string, names: readonly NamedShape[], typeOf: TypeOf): readonly Completion[] {
  const shape = path === undefined ? anything : shapeAt(path, names);
  const members = membersOf(shape).filter((name) => NAME.test(name));
  const properties = members.map((name): Completion => {
    const member = inside(shape, name);
    const { description } = member.schema;
    const help = typeof description === "string" ? description : "";
    return { label: name, kind: "property", detail: typeText(member), help, insert: name, caret: name.length };
  });
  const kind = kindOf(shape) || /^[a-z]+/.exec(typeOf(text) ?? "")?.[0] || "";
  const methods = Object.hasOwn(methodHelp, kind) ? called(methodHelp[kind] ?? {}) : nothing;
  return [...properties, ...methods];
}

function shapeAt({ name, steps }: Path, names: readonly NamedShape[]): Shape {
  const start = names.find((each) => each.name === name)?.shape ?? anything;
  return steps.reduce(inside, start);
}

function called(known: Readonly<Record<string, FunctionHelp>>): readonly Completion[] {
  return Object.entries(known).map(([label, { call, help }]) => {
    const bare = call.endsWith("()");
    const insert = `${label}()`;
    const kind = label === "has" || itemMacros.has(label) ? "macro" : "function";
    return { label, kind, detail: call, help, insert, caret: bare ? insert.length : insert.length - 1 };
  });
}

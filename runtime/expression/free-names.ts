import type { ASTNode } from "@marcbachmann/cel-js";

/** Macros that look at the items of a list, or the keys of a map, and give them a name. */
export const itemMacros: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

/** A name in an expression, at its place. */
export interface NameUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The fields that are read of it, one inside the other: of `order.total` it is `total`. */
  readonly fields: readonly string[];
  /** The names that macros have given where it stands. */
  readonly bound: readonly string[];
}

/** The names that an expression takes from outside: those that its macros give are left out. */
export function freeNames(node: ASTNode, bound: readonly string[] = [], fields: readonly string[] = []): readonly NameUse[] {
  switch (node.op) {
    case "id":
      return bound.includes(node.args) ? [] : [{ name: node.args, start: node.start, end: node.end, fields, bound }];
    case "value":
      return [];
    case ".":
      return freeNames(node.args[0], bound, [node.args[1], ...fields]);
    case ".?":
      return freeNames(node.args[0], bound);
    case "call":
      return node.args[1].flatMap((part) => freeNames(part, bound));
    case "rcall":
      return ofCall(node.args, bound);
    case "map":
      return node.args.flat().flatMap((part) => freeNames(part, bound));
    case "!_":
    case "-_":
      return freeNames(node.args, bound);
    default:
      return (node.args as readonly ASTNode[]).flatMap((part) => freeNames(part, bound));
  }
}

/** A macro names what it looks at with its first argument. */
function ofCall([name, receiver, given]: [string, ASTNode, ASTNode[]], bound: readonly string[]): readonly NameUse[] {
  const [first, ...rest] = given;
  if (name === "bind" && receiver.op === "id" && receiver.args === "cel" && first?.op === "id") {
    const [value, ...body] = rest;
    const inside = [...bound, first.args];
    return [...(value === undefined ? [] : freeNames(value, bound)), ...body.flatMap((part) => freeNames(part, inside))];
  }
  if (!itemMacros.has(name) || first?.op !== "id") return [receiver, ...given].flatMap((part) => freeNames(part, bound));
  const inside = [...bound, first.args];
  return [...freeNames(receiver, bound), ...rest.flatMap((part) => freeNames(part, inside))];
}

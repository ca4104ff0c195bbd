// Which of two revisions is the older one. VS Code opens the two sides of its diff editor alike, and says nowhere which is which.
/** A revision, as far as its address tells: the parts of a `Uri`. */
export interface Revision {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
  /** Nobody can write to it. */
  readonly past: boolean;
}

/** The ref that an address of VS Code's git names; the empty one is the index. Undefined: it is no such address. */
export function gitRefOf({ scheme, query }: Pick<Revision, "scheme" | "query">): string | undefined {
  if (scheme !== "git") return undefined;
  try {
    const { ref } = JSON.parse(query) as { ref?: unknown };
    return typeof ref === "string" ? ref : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The older one first: as the title of their tab names them, else what is past before what can be written to, a ref's parent before it,
 * the index behind commits. Where nothing tells, in the order in which VS Code opened them: the left side first.
 */
export function inOrder<One extends Revision>(first: One, second: One, title: string): readonly [before: One, after: One] {
  const [one, other] = [ageOf(first), ageOf(second)];
  if (isParent(first, second)) return [first, second];
  if (isParent(second, first)) return [second, first];
  if (one !== other) return one < other ? [first, second] : [second, first];
  const [at, otherAt] = [placeIn(title, first), placeIn(title, second)];
  return at >= 0 && otherAt >= 0 && otherAt < at ? [second, first] : [first, second];
}

/** Commits, then the index, then what can be written to. */
function ageOf(revision: Revision): number {
  if (!revision.past) return 2;
  const ref = gitRefOf(revision);
  return ref === "" || ref === "~" ? 1 : 0;
}

function isParent(one: Revision, other: Revision): boolean {
  const [ref, child] = [gitRefOf(one), gitRefOf(other)];
  return ref !== undefined && child !== undefined && child !== "" && (ref === `${child}^` || ref === `${child}^1` || ref === `${child}~`);
}

/** Where the title of a tab names a revision: by its ref, or by its file, with as much of its folder as the title has. */
function placeIn(title: string, revision: Revision): number {
  const ref = gitRefOf(revision);
  if (ref !== undefined && ref !== "") return title.indexOf(/^[0-9a-f]{40}/.test(ref) ? ref.slice(0, 7) : ref);
  const parts = revision.path.split("/");
  const named = parts.map((_, index) => parts.slice(index).join("/")).find((tail) => title.includes(tail));
  return named === undefined ? -1 : title.indexOf(named);
}

/** What the title of a tab that we opened calls the two revisions of a file; undefined of any other title. */
export function namesIn(title: string): { readonly before: string; readonly after: string } | undefined {
  const [, before, after] = / \(([^()↔]+) ↔ ([^()↔]+)\)$/.exec(title) ?? [];
  return before === undefined || after === undefined ? undefined : { before, after };
}

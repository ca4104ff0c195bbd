// What notes and groups say of themselves to a screen reader. Pure.
import type { GraphView, GroupView, NoteView, ProblemView } from "../../protocol/views.js";
import { plainWords } from "./emphasis.js";

/** A note: what it says. */
export function spokenNote({ text, color }: NoteView, problems: readonly ProblemView[]): string {
  const words = plainWords(text).trim();
  return [`Note: ${words === "" ? "empty" : words}`, ...(color === undefined ? [] : [color]), ...spokenProblems(problems)].join(", ");
}

/** A group: its name, and how much is in it. */
export function spokenGroup({ label, color }: GroupView, count: number, problems: readonly ProblemView[]): string {
  const name = label === "" ? "without a name" : label;
  const what = [`Group ${name}`, spokenCount(count), ...(color === undefined ? [] : [color])];
  return [...what, ...spokenProblems(problems)].join(", ");
}

/** How many members there are. */
export function spokenCount(count: number): string {
  return count === 1 ? "1 member" : `${String(count)} members`;
}

function spokenProblems({ length }: readonly ProblemView[]): readonly string[] {
  return length === 0 ? [] : [length === 1 ? "1 problem" : `${String(length)} problems`];
}

/** What a drop made of the groups. */
export function spokenRegrouping({ groups }: GraphView, changes: ReadonlyMap<string, string | undefined>): string {
  const targets = new Set(changes.values());
  return [...targets]
    .map((target) => {
      const count = spokenCount([...changes.values()].filter((each) => each === target).length);
      const label = groups.find(({ id }) => id === target)?.label ?? "";
      return target === undefined ? `${count} taken out of a group` : `${count} added to the group ${label}`.trim();
    })
    .join(", ");
}

/** How many characters of a note stand for it. */
const SHORT = 40;

/** What people call members of a group: a node by its label, a note by how it begins. */
export function namesOf({ nodes, notes }: GraphView, ids: readonly string[]): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map([...nodes.map(({ id, label }) => [id, label] as const), ...notes.map((note) => [note.id, nameOf(note)] as const)]);
  return ids.flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name }];
  });
}

function nameOf({ text }: NoteView): string {
  const [line = ""] = plainWords(text).trim().split("\n");
  if (line === "") return "Empty note";
  return line.length <= SHORT ? line : `${line.slice(0, SHORT - 1)}…`;
}

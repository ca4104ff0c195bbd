import { createContext, use, useMemo } from "react";
import { Icon } from "../canvas/icon.js";
import { severityIcon } from "../canvas/severity.js";
import type { ProblemView } from "../protocol/views.js";
import { useCanvas } from "../store/context.js";
import { isAt } from "./problem-place.js";
import { Subject, type FieldSubject } from "./subject.js";

const none: readonly ProblemView[] = [];
const Problems = createContext(none);

interface ScopeProps {
  readonly of: Extract<FieldSubject, { readonly node: string } | { readonly edge: string }>;
  readonly children: React.ReactNode;
}

/** Makes the fields within those of this node or edge, with its problems. */
export function ProblemScope({ of, children }: ScopeProps): React.ReactElement {
  const all = useCanvas((state) => state.shown?.problems ?? none);
  const id = "node" in of ? of.node : of.edge;
  const kind = "node" in of ? "node" : "edge";
  const nodeKind = "node" in of ? of.kind : undefined;
  const subject = useMemo((): FieldSubject => (nodeKind === undefined ? { edge: id } : { node: id, kind: nodeKind }), [id, nodeKind]);
  const own = useMemo(() => all.filter((problem) => problem[kind] === id && problem.field !== undefined), [all, kind, id]);
  return (
    <Subject value={subject}>
      <Problems value={own}>{children}</Problems>
    </Subject>
  );
}

/** The problems that belong to a field: its own, and those of parts of it that have no field. */
export function useFieldProblems(name: string): readonly ProblemView[] {
  return use(Problems).filter(({ field = "" }) => isAt(name, field));
}

interface FieldProblemsProps {
  readonly name: string;
  /** Fields that show theirs themselves. */
  readonly besides?: readonly string[];
}

/** The problems of a field, in words. */
export function FieldProblems({ name, besides = [] }: FieldProblemsProps): React.ReactElement | null {
  const problems = useFieldProblems(name).filter(({ field = "" }) => !besides.some((other) => isAt(other, field)));
  if (problems.length === 0) return null;
  return (
    <ul className="field-problems" data-problems={name}>
      {problems.map(({ severity, code, message }) => (
        <li key={`${code} ${message}`} className="field-problem" data-severity={severity}>
          <Icon name={severityIcon(severity)} />
          {message}
        </li>
      ))}
    </ul>
  );
}

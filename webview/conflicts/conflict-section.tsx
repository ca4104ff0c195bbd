import "../canvas/sides-table.css";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { useMemo } from "react";
import { Section } from "../inspector/section.js";
import type { ConflictView } from "../protocol/conflicts.js";
import { useCanvas, useServices } from "../store/context.js";
import { conflictsAt, conflictsOf, spokenConflict } from "./conflict-list.js";

/** In the inspector: the conflicts of what is selected, each with its three values and the ways to decide it. */
export function ConflictSection(): React.ReactElement | null {
  const all = useCanvas((state) => conflictsOf(state.shown));
  const selection = useCanvas((state) => state.selection);
  const here = useMemo(() => conflictsAt(all, selection), [all, selection]);
  if (here.length === 0) return null;
  return (
    <Section title={here.length === 1 ? "Conflict" : "Conflicts"}>
      {here.map((conflict) => (
        <ConflictPanel key={conflict.at} conflict={conflict} />
      ))}
    </Section>
  );
}

const sides = [
  ["base", "Before"],
  ["ours", "Ours"],
  ["theirs", "Theirs"],
] as const;

function ConflictPanel({ conflict }: { readonly conflict: ConflictView }): React.ReactElement {
  const { host } = useServices();
  const { at, name, field, node, edge, ways } = conflict;
  const isOfEntry = node !== undefined || edge !== undefined;
  const editable = useCanvas((state) => state.shown?.readOnly === false);
  return (
    <div className="conflict" data-conflict={at}>
      <p className="conflict-head">
        <strong>{isOfEntry ? field || "The whole entry" : name}</strong>
        <span className="quiet">{spokenConflict(conflict)}</span>
      </p>
      <table className="sides-table conflict-sides">
        <tbody>
          {sides.map(([side, words]) => (
            <tr key={side} data-side={side}>
              <th scope="row">{words}</th>
              <td>{conflict[side] === undefined ? <span className="quiet">nothing</span> : <pre>{spoken(conflict[side])}</pre>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="conflict-ways">
        {ways.map(({ take, title }) => (
          <vscode-button
            key={take}
            secondary
            data-take={take}
            disabled={!editable}
            onClick={() => host.command("conflict/resolve", { at, take })}
          >
            {title}
          </vscode-button>
        ))}
      </p>
    </div>
  );
}

function spoken(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, undefined, 1);
}

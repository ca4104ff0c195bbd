import "./inspector.css";
import { Icon } from "../canvas/icon.js";
import { START } from "../../runtime/model/ids.js";
import { removeIntents } from "../canvas/to-intents.js";
import { ConflictSection } from "../conflicts/conflict-section.js";
import { ChangeSection } from "../diff/change-section.js";
import { kindOf } from "../nodes/kinds.js";
import type { GraphView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { sole, type Selection } from "../store/selection.js";
import { EdgePanel } from "./edge-panel.js";
import { GroupPanel } from "./group-panel.js";
import { NotePanel } from "./note-panel.js";
import { GraphPanel } from "./graph-panel.js";
import { NodePanel } from "./node-panel.js";
import { NodeRoutePanel } from "./route-panel.js";
import { Sash } from "./sash.js";
import { ToolButton } from "../canvas/tool-button.js";

/** The docked panel with the fields of what is selected. */
export function Inspector(): React.ReactElement {
  const { store } = useServices();
  const { open, width } = useCanvas((state) => state.inspector);
  const toggle = (): void => store.getState().setInspector({ open: !open });
  if (!open) {
    return (
      <button
        type="button"
        className="tool inspector-open"
        data-command="inspector/toggle"
        aria-label="Show the inspector"
        title="Show the inspector"
        onClick={toggle}
      >
        <Icon name="layout-sidebar-right-off" />
      </button>
    );
  }
  return (
    <aside className="inspector" aria-label="Inspector" data-surface="inspector" style={{ width }}>
      <Sash />
      <Head toggle={toggle} />
      <div className="inspector-body">
        <ConflictSection />
        <ChangeSection />
        <Panel />
      </div>
    </aside>
  );
}

function Head({ toggle }: { readonly toggle: () => void }): React.ReactElement {
  const { host } = useServices();
  const selection = useCanvas((state) => state.selection);
  const title = useCanvas((state) => heading(state.shown, state.selection));
  const one = sole(selection);
  const inText = one !== undefined && !("node" in one && one.node.startsWith("@"));
  return (
    <header className="inspector-head">
      <span className="inspector-title">{title}</span>
      {inText && (
        <ToolButton command="source/reveal" label="Show in the text" icon="go-to-file" onClick={() => host.command("source/reveal", one)} />
      )}
      <ToolButton command="inspector/toggle" label="Hide the inspector" icon="layout-sidebar-right" onClick={toggle} />
    </header>
  );
}

function heading(graph: GraphView | undefined, selection: Selection): string {
  const one = sole(selection);
  if (one === undefined) return selection.nodes.length + selection.edges.length === 0 ? "Graph" : "Selection";
  if ("edge" in one) return `Edge · ${one.edge}`;
  if (graph?.notes.some(({ id }) => id === one.node)) return `Note · ${one.node}`;
  if (graph?.groups.some(({ id }) => id === one.node)) return `Group · ${one.node}`;
  const node = graph?.nodes.find(({ id }) => id === one.node);
  return node === undefined ? one.node : `${kindOf(node.kind).title} · ${node.id}`;
}

function Panel(): React.ReactElement {
  const selection = useCanvas((state) => state.selection);
  const one = sole(selection);
  const node = useCanvas((state) =>
    one !== undefined && "node" in one ? state.shown?.nodes.find(({ id }) => id === one.node) : undefined,
  );
  const edge = useCanvas((state) =>
    one !== undefined && "edge" in one ? state.shown?.edges.find(({ id }) => id === one.edge) : undefined,
  );
  const note = useCanvas((state) =>
    one !== undefined && "node" in one ? state.shown?.notes.find(({ id }) => id === one.node) : undefined,
  );
  const group = useCanvas((state) =>
    one !== undefined && "node" in one ? state.shown?.groups.find(({ id }) => id === one.node) : undefined,
  );
  // The key makes fields of another element other fields: what was typed never lands elsewhere.
  if (node !== undefined) return <NodePanel key={node.id} node={node} />;
  if (edge !== undefined) return <EdgePanel key={edge.id} edge={edge} />;
  if (note !== undefined) return <NotePanel key={note.id} note={note} />;
  if (group !== undefined) return <GroupPanel key={group.id} group={group} />;
  if (one !== undefined && "node" in one) return <TerminalPanel id={one.node} />;
  return selection.nodes.length + selection.edges.length === 0 ? <GraphPanel /> : <Several selection={selection} />;
}

function TerminalPanel({ id }: { readonly id: string }): React.ReactElement {
  const start = id === START;
  return (
    <>
      <p className="quiet">{start ? "Where a run enters the graph." : "Where a branch ends."}</p>
      {start && <NodeRoutePanel id={id} />}
    </>
  );
}

function Several({ selection }: { readonly selection: Selection }): React.ReactElement {
  const { store } = useServices();
  const shown = useCanvas((state) => state.shown);
  const readOnly = shown?.readOnly === true;
  const remove = (): void => {
    if (shown !== undefined) store.getState().edit(removeIntents(shown, selection));
  };
  const count = (many: number, word: string): string[] => (many === 0 ? [] : [`${String(many)} ${word}${many === 1 ? "" : "s"}`]);
  const among = (list: readonly { readonly id: string }[] = []): number => list.filter(({ id }) => selection.nodes.includes(id)).length;
  const [notes, groups] = [among(shown?.notes), among(shown?.groups)];
  const nodes = selection.nodes.length - notes - groups;
  const counted = [...count(nodes, "node"), ...count(notes, "note"), ...count(groups, "group"), ...count(selection.edges.length, "edge")];
  return (
    <div className="several">
      <p className="quiet">{counted.join(", ")}</p>
      <vscode-button secondary disabled={readOnly} data-command="selection/delete" onClick={remove}>
        Delete
      </vscode-button>
    </div>
  );
}

import type { Intent } from "../../runtime/document/intent.js";
import type { JsonValue } from "../../runtime/model/json.js";
import { Icon } from "../canvas/icon.js";
import { renameIntents } from "../canvas/to-intents.js";
import { kinds } from "../nodes/kinds.js";
import type { NodeView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { ProblemScope } from "./field-problems.js";
import { ChoiceField, Section, TextField } from "./fields.js";
import { HttpFields } from "./http-fields.js";
import { JoinField } from "./join-field.js";
import { MapFields } from "./map-fields.js";
import { FiguresPanel } from "./figures-panel.js";
import { NodeRunPanel } from "./node-run-panel.js";
import { OutputField } from "./output-field.js";
import { kindPatch, mapPatch, nodePatch } from "./patch.js";
import { NodeRoutePanel } from "./route-panel.js";
import { RunningSection } from "./running-section.js";
import { SetRows } from "./set-rows.js";
import { SubgraphFields } from "./subgraph-fields.js";
import { TypedField } from "./typed-field.js";
import { readJsonField, readNames, showJson, showNames, showRows, showText } from "./values.js";

const kindChoices = kinds.map(({ kind, title }) => ({ value: kind, title }));

interface PanelProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** The fields of a node. */
export function NodePanel({ node }: { readonly node: NodeView }): React.ReactElement {
  const { store } = useServices();
  const disabled = useCanvas((state) => state.shown?.readOnly === true);
  const { edit } = store.getState();
  const set = (field: string, value: JsonValue): void => edit(nodePatch(node, field, value));
  const rename = (typed: string): Intent[] => {
    const { shown } = store.getState();
    return shown === undefined ? [] : renameIntents(shown, node.id, typed);
  };
  return (
    <ProblemScope of={{ node: node.id }}>
      <Section title="Node">
        <TextField name="label" label="Label" value={node.label} disabled={disabled} onCommit={(typed) => edit(rename(typed))} />
        <ChoiceField
          name="kind"
          label="Kind"
          value={node.kind}
          choices={kindChoices}
          disabled={disabled}
          onCommit={(kind) => edit(kindPatch(node, kind))}
        />
        <KindFields node={node} disabled={disabled} set={set} edit={edit} />
        <JoinField node={node} disabled={disabled} set={set} />
        <TextField
          name="note"
          label="Note"
          value={showText(node.fields["note"])}
          lines={2}
          disabled={disabled}
          onCommit={(typed) => set("note", typed || null)}
        />
      </Section>
      <RunningSection node={node} disabled={disabled} set={set} />
      <NodeRoutePanel id={node.id} />
      <NodeRunPanel id={node.id} />
      <FiguresPanel id={node.id} />
    </ProblemScope>
  );
}

function KindFields(props: PanelProps & { readonly edit: (intents: Intent[]) => void }): React.ReactElement | null {
  switch (props.node.kind) {
    case "code":
      return <CodeFields {...props} />;
    case "expression":
      return <ExpressionFields {...props} />;
    case "barrier":
      return <BarrierFields {...props} />;
    case "map":
      return (
        <MapFields {...props} onRuns={(what) => props.edit(mapPatch(props.node, what))}>
          <HandlerField {...props} />
          <ReadsField {...props} />
        </MapFields>
      );
    case "http":
      return <HttpFields {...props} />;
    case "subgraph":
      return <SubgraphFields {...props} />;
    default:
      return null;
  }
}

function CodeFields(props: PanelProps): React.ReactElement {
  const { node, disabled, set } = props;
  return (
    <>
      <HandlerField {...props} />
      <ReadsField {...props} />
      <TextField
        name="writes"
        label="Writes"
        value={showNames(node.fields["writes"])}
        placeholder="any channel"
        disabled={disabled}
        onCommit={(typed) => set("writes", channelsIn(typed))}
      />
    </>
  );
}

function HandlerField({ node, disabled, set }: PanelProps): React.ReactElement {
  const { host } = useServices();
  return (
    <div className="set-row">
      <TextField
        name="handler"
        label="Handler"
        value={showText(node.fields["handler"])}
        code
        disabled={disabled}
        onCommit={(typed) => set("handler", typed.trim())}
      />
      <button
        type="button"
        className="tool"
        data-command="handler/open"
        aria-label="Open the handler"
        title="Open the handler"
        onClick={() => host.command("handler/open", { node: node.id })}
      >
        <Icon name="go-to-file" />
      </button>
    </div>
  );
}

function ReadsField({ node, disabled, set }: PanelProps): React.ReactElement {
  return (
    <TextField
      name="reads"
      label="Reads"
      value={showNames(node.fields["reads"])}
      placeholder="all channels"
      disabled={disabled}
      onCommit={(typed) => set("reads", channelsIn(typed))}
    />
  );
}

/** No names: the field goes. */
function channelsIn(typed: string): JsonValue {
  return typed.trim() === "" ? null : readNames(typed);
}

function ExpressionFields({ node, disabled, set }: PanelProps): React.ReactElement {
  const channels = useCanvas((state) => state.shown?.channels);
  return (
    <SetRows
      rows={showRows(node.fields["set"])}
      channels={(channels ?? []).map(({ name }) => name)}
      disabled={disabled}
      onCommit={(rows) => set("set", rows)}
    />
  );
}

function BarrierFields({ node, disabled, set }: PanelProps): React.ReactElement {
  return (
    <>
      <TextField
        name="prompt"
        label="Prompt"
        value={showText(node.fields["prompt"])}
        lines={3}
        disabled={disabled}
        onCommit={(typed) => set("prompt", typed)}
      />
      <TextField
        name="actions"
        label="Actions"
        value={showNames(node.fields["actions"])}
        placeholder="approve, reject"
        disabled={disabled}
        onCommit={(typed) => set("actions", typed.trim() === "" ? null : readNames(typed))}
      />
      <OutputField label="Value goes to" value={node.fields["output"]} disabled={disabled} onCommit={(channel) => set("output", channel)} />
      <TypedField
        name="schema"
        label="Schema of the value"
        value={showJson(node.fields["schema"])}
        lines={3}
        code
        disabled={disabled}
        read={readJsonField}
        onCommit={(schema) => set("schema", schema)}
      />
    </>
  );
}

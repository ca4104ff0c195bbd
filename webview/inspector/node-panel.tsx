import type { Intent } from "../../runtime/document/intent.js";
import type { JsonValue } from "../../runtime/model/json.js";
import { renameIntents } from "../canvas/to-intents.js";
import { kinds } from "../nodes/kinds.js";
import type { NodeView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { ExpressionField } from "./code/expression-field.js";
import { ProblemScope } from "./field-problems.js";
import { ChoiceField, TextField } from "./fields.js";
import { Section } from "./section.js";
import { GeneratedFields } from "./generated-fields.js";
import { HandlerField } from "./handler-field.js";
import { HttpFields } from "./http-fields.js";
import { JoinField } from "./join-field.js";
import { MapFields } from "./map-fields.js";
import { NamesField } from "./names-field.js";
import { FiguresPanel } from "./figures-panel.js";
import { NodeRunPanel } from "./node-run-panel.js";
import { OutputField } from "./output-field.js";
import { kindPatch, mapPatch, nodePatch } from "./patch.js";
import { NodeRoutePanel } from "./route-panel.js";
import { SaidPanel } from "./said-panel.js";
import { RunningSection } from "./running-section.js";
import { CodeRows } from "./rows/code-rows.js";
import { isKnownKind } from "./schema/generated.js";
import { SchemaForm } from "./schema-form/schema-form.js";
import { SubgraphFields } from "./subgraph-fields.js";
import { TaskSection } from "./tasks/task-section.js";
import { TypesSection } from "./types-section.js";
import { showText } from "./values.js";

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
    <ProblemScope of={{ node: node.id, kind: node.kind }}>
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
        <GeneratedFields node={node} disabled={disabled} set={set} />
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
      {isKnownKind(node.kind) && <RunningSection node={node} disabled={disabled} set={set} />}
      <NodeRoutePanel id={node.id} />
      <NodeRunPanel id={node.id} />
      <SaidPanel id={node.id} />
      <TaskSection node={node.id} />
      <FiguresPanel id={node.id} />
      {node.fields["handler"] !== undefined && <TypesSection node={node.id} />}
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
  return (
    <>
      <HandlerField {...props} />
      <ReadsField {...props} />
      <NamesField {...props} field="writes" label="Writes" placeholder="any channel" />
    </>
  );
}

function ReadsField(props: PanelProps): React.ReactElement {
  return <NamesField {...props} field="reads" label="Reads" placeholder="all channels" />;
}

function ExpressionFields(props: PanelProps): React.ReactElement {
  return <CodeRows {...props} field="set" label="Sets" noun="channel" syntax="expression" first={(name) => name} needed />;
}

function BarrierFields(props: PanelProps): React.ReactElement {
  const { node, disabled, set } = props;
  return (
    <>
      <ExpressionField
        name="prompt"
        label="Prompt"
        value={showText(node.fields["prompt"])}
        syntax="template"
        lines={3}
        disabled={disabled}
        onCommit={(typed) => set("prompt", typed)}
      />
      <NamesField {...props} field="actions" label="Actions" placeholder="approve, reject" />
      <OutputField label="Value goes to" value={node.fields["output"]} disabled={disabled} onCommit={(channel) => set("output", channel)} />
      <SchemaForm
        name="schema"
        label="What the value may be"
        value={node.fields["schema"]}
        disabled={disabled}
        onCommit={(schema) => set("schema", schema)}
      />
    </>
  );
}

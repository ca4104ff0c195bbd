import { END, START } from "../../runtime/model/ids.js";
import type { JsonValue } from "../../runtime/model/json.js";
import type { EdgeView, NodeView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { ExpressionField } from "./code/expression-field.js";
import { FieldProblems, ProblemScope } from "./field-problems.js";
import { ChoiceField, TextField } from "./fields.js";
import { Section } from "./section.js";
import { endsRun } from "../edges/ends-run.js";
import { conditionPatch, edgePatch, targetPatch } from "./patch.js";
import { EdgeStoryPanel } from "./edge-story-panel.js";
import { EdgeRoutePanel } from "./route-panel.js";
import { showText } from "./values.js";

const conditions: readonly { readonly value: EdgeView["condition"]; readonly title: string }[] = [
  { value: "plain", title: "Always" },
  { value: "when", title: "When an expression is true" },
  { value: "on", title: "On an action" },
  { value: "else", title: "Else" },
  { value: "error", title: "On error" },
];
const ends = [
  { value: "branch", title: "This branch" },
  { value: "run", title: "The whole run" },
];
const start = { value: START, title: "Start" };
const end = { value: END, title: "End" };
const none: readonly NodeView[] = [];

/** The fields of an edge. */
export function EdgePanel({ edge }: { readonly edge: EdgeView }): React.ReactElement {
  const { store } = useServices();
  const disabled = useCanvas((state) => state.shown?.readOnly === true);
  const nodes = useCanvas((state) => state.shown?.nodes ?? none).map(({ id, label }) => ({ value: id, title: label }));
  const { edit } = store.getState();
  const set = (field: string, value: JsonValue): void => edit(edgePatch(edge, field, value));
  const become = (value: string): void => {
    const condition = conditions.find((choice) => choice.value === value);
    if (condition !== undefined) edit(conditionPatch(edge, condition.value));
  };
  return (
    <ProblemScope of={{ edge: edge.id }}>
      <Section title="Edge">
        <ChoiceField
          name="from"
          label="From"
          value={edge.from}
          choices={[start, ...nodes]}
          disabled={disabled}
          onCommit={(from) => set("from", from)}
        />
        <ChoiceField
          name="to"
          label="To"
          value={edge.to}
          choices={[...nodes, end]}
          disabled={disabled}
          onCommit={(to) => edit(targetPatch(edge, to))}
        />
        {edge.to === END && (
          <ChoiceField
            name="terminate"
            label="Ends"
            value={endsRun(edge) ? "run" : "branch"}
            choices={ends}
            disabled={disabled}
            onCommit={(what) => set("terminate", what === "run" ? true : null)}
          />
        )}
        <ChoiceField name="condition" label="Fires" value={edge.condition} choices={conditions} disabled={disabled} onCommit={become} />
        {edge.condition === "error" && <FieldProblems name="on" />}
        {edge.condition === "else" && <FieldProblems name="else" />}
        {edge.condition === "when" && (
          <ExpressionField
            name="when"
            label="Expression"
            value={edge.text}
            lines={2}
            disabled={disabled}
            onCommit={(typed) => set("when", typed.trim())}
          />
        )}
        {edge.condition === "on" && (
          <TextField name="on" label="Action" value={edge.text} code disabled={disabled} onCommit={(typed) => set("on", typed.trim())} />
        )}
        <TextField
          name="label"
          label="Label"
          value={showText(edge.fields["label"])}
          disabled={disabled}
          onCommit={(typed) => set("label", typed.trim() || null)}
        />
      </Section>
      <EdgeStoryPanel edge={edge} />
      <EdgeRoutePanel edge={edge} />
    </ProblemScope>
  );
}

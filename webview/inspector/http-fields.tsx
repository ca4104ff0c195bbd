import { httpMethods, httpReadings } from "../../runtime/model/graph.js";
import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { ExpressionField } from "./code/expression-field.js";
import { TypedExpressions } from "./code/typed-expressions.js";
import { ChoiceField, TextField } from "./fields.js";
import { readBody, showBody } from "./http-values.js";
import { OutputField } from "./output-field.js";
import { CodeRows } from "./rows/code-rows.js";
import { readNames, showNames, showText } from "./values.js";

const methods = httpMethods.map((method) => ({ value: method, title: method }));
const takings = [
  { value: "body", title: "The body" },
  { value: "response", title: "Status, headers and body" },
];
const readingTitles = { auto: "What its content type says", json: "JSON", text: "Text", base64: "Bytes, in base64" };
const readings = httpReadings.map((value) => ({ value, title: readingTitles[value] }));

interface HttpFieldsProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** The fields of a request. */
export function HttpFields(props: HttpFieldsProps): React.ReactElement {
  const { node, disabled, set } = props;
  const { fields } = node;
  const method = showText(fields["method"]) || "GET";
  const withoutBody = method === "GET" || method === "HEAD";
  const unlessDefault = (field: string, value: string, standard: string): void => set(field, value === standard ? null : value);
  return (
    <>
      <ChoiceField
        name="method"
        label="Method"
        value={method}
        choices={methods}
        disabled={disabled}
        onCommit={(chosen) => unlessDefault("method", chosen, "GET")}
      />
      <ExpressionField
        name="url"
        label="URL"
        value={showText(fields["url"])}
        lines={2}
        syntax="template"
        disabled={disabled}
        onCommit={(url) => set("url", url.trim())}
      />
      <CodeRows {...props} field="query" label="Query" noun="parameter" syntax="template" />
      <CodeRows {...props} field="headers" label="Headers" noun="header" syntax="template" />
      {(!withoutBody || fields["body"] !== undefined) && (
        <TypedExpressions
          name="body"
          label="Body"
          value={showBody(fields["body"])}
          placeholder="JSON, or text"
          lines={4}
          syntax="template"
          disabled={disabled}
          read={readBody}
          onCommit={(value) => set("body", value)}
        />
      )}
      <OutputField label="Answer goes to" value={fields["output"]} disabled={disabled} onCommit={(channel) => set("output", channel)} />
      <ChoiceField
        name="take"
        label="What of it"
        value={showText(fields["take"]) || "body"}
        choices={takings}
        disabled={disabled}
        onCommit={(take) => unlessDefault("take", take, "body")}
      />
      <ChoiceField
        name="as"
        label="Read the body as"
        value={showText(fields["as"]) || "auto"}
        choices={readings}
        disabled={disabled}
        onCommit={(as) => unlessDefault("as", as, "auto")}
      />
      <TextField
        name="expect"
        label="Expected statuses"
        value={showText(fields["expect"]) || showNames(fields["expect"])}
        placeholder="2xx"
        disabled={disabled}
        onCommit={(patterns) => set("expect", patterns.trim() === "" ? null : readNames(patterns))}
      />
    </>
  );
}

import { useCallback } from "react";
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import format from "../../../schemas/graph-1.schema.json";
import { useServices } from "../../store/context.js";
import { CodeField } from "../code/code-field.js";
import type { Complete } from "../code/use-completions.js";
import { ChoiceField } from "../fields.js";
import { readDuration, withPart } from "../policies.js";
import { TypedField } from "../typed-field.js";
import { showText } from "../values.js";

const [named] = format.definitions.channel.properties.reducer.anyOf;
/** Each reducer with what it does, as the format says. */
const reducers = (named?.enum ?? []).map((name, index) => ({ name, does: named?.enumDescriptions?.[index] ?? "" }));
const OWN = "handler";
const choices = [...reducers.map(({ name }) => ({ value: name, title: name })), { value: OWN, title: "A handler of yours" }];
const ownDoes = "A function of yours: it is given the value so far and a write, and returns the new value.";

interface ReducerFieldProps {
  readonly value: JsonValue | undefined;
  readonly disabled: boolean;
  /** The reducer; undefined for the usual one. */
  readonly onCommit: (reducer: JsonValue | undefined) => void;
}

/** How writes become the value of a channel, with what that means. */
export function ReducerField({ value, disabled, onCommit }: ReducerFieldProps): React.ReactElement {
  const { host } = useServices();
  const complete: Complete = useCallback((text) => host.request("handler/suggest", { text }), [host]);
  const own: JsonObject | undefined = isObject(value) ? value : undefined;
  const chosen = own === undefined ? showText(value) || "last" : OWN;
  return (
    <>
      <ChoiceField
        name="reducer"
        label="Writes are put together by"
        value={chosen}
        choices={choices}
        disabled={disabled}
        onCommit={(reducer) => onCommit(reducer === OWN ? { handler: "./reducers/name.ts" } : reducer)}
      />
      <p className="quiet field-explained" data-explains="reducer">
        {own === undefined ? reducers.find(({ name }) => name === chosen)?.does : ownDoes}
      </p>
      {own !== undefined && (
        <>
          <CodeField
            name="reducer.handler"
            label="Reducer"
            value={showText(own["handler"])}
            syntax="path"
            complete={complete}
            disabled={disabled}
            onCommit={(handler) => onCommit({ ...own, handler: handler.trim() })}
          />
          <TypedField
            name="reducer.timeout"
            label="Takes at most"
            value={showText(own["timeout"])}
            placeholder="1m"
            disabled={disabled}
            read={readDuration}
            onCommit={(timeout) => onCommit(withPart(own, "timeout", timeout) ?? own)}
          />
        </>
      )}
    </>
  );
}

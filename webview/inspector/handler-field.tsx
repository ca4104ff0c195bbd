import { useCallback } from "react";
import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import { CodeField } from "./code/code-field.js";
import type { Complete } from "./code/use-completions.js";
import { useFieldProblems } from "./field-problems.js";
import { showText } from "./values.js";
import { ToolButton } from "../canvas/tool-button.js";

interface HandlerFieldProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** The module of a node, chosen among those of the workspace; opened, or created where there is none. */
export function HandlerField({ node, disabled, set }: HandlerFieldProps): React.ReactElement {
  const { host } = useServices();
  const complete: Complete = useCallback((text) => host.request("handler/suggest", { text }), [host]);
  const missing = useFieldProblems("handler").some(({ code }) => code === "HANDLER_MISSING");
  return (
    <>
      <div className="set-row">
        <CodeField
          name="handler"
          label="Handler"
          value={showText(node.fields["handler"])}
          placeholder="./nodes/name.ts"
          syntax="path"
          complete={complete}
          disabled={disabled}
          onCommit={(typed) => set("handler", typed.trim())}
        />
        <ToolButton
          command="handler/open"
          label="Open the handler"
          icon="go-to-file"
          onClick={() => host.command("handler/open", { node: node.id })}
        />
      </div>
      {missing && (
        <vscode-button
          secondary
          disabled={disabled}
          data-command="handler/create"
          onClick={() => host.command("handler/create", { node: node.id })}
        >
          Create handler
        </vscode-button>
      )}
    </>
  );
}

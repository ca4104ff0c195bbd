import { useCallback } from "react";
import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import { CodeField } from "./code/code-field.js";
import type { Complete } from "./code/use-completions.js";
import { nameAt, readNames, showNames } from "./values.js";

interface NamesFieldProps {
  readonly node: NodeView;
  readonly field: string;
  readonly label: string;
  /** What counts where nothing is said. */
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** Names with commas between them, each completed by the host but for those that are there; none: the field goes. */
export function NamesField({ node, field, label, placeholder, disabled, set }: NamesFieldProps): React.ReactElement {
  const { host } = useServices();
  const complete: Complete = useCallback(
    async (text, at) => {
      const { from, to } = nameAt(text, at);
      const { items } = await host.request("name/suggest", { node: node.id, field, text: text.slice(from, to) });
      const others = readNames(`${text.slice(0, from)},${text.slice(to)}`);
      return { from, to, items: items.filter((item) => !others.includes(item.label)) };
    },
    [host, node.id, field],
  );
  return (
    <CodeField
      name={field}
      label={label}
      value={showNames(node.fields[field])}
      syntax="path"
      placeholder={placeholder}
      disabled={disabled}
      complete={complete}
      onCommit={(typed) => set(field, typed.trim() === "" ? null : readNames(typed))}
    />
  );
}

import { useState } from "react";
import { isChannelName } from "../../../runtime/model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import type { ChannelUsesView } from "../../protocol/channels.js";
import type { GraphView } from "../../protocol/views.js";
import { useCanvas, useServices } from "../../store/context.js";
import { TextField } from "../fields.js";
import { Subject } from "../subject.js";
import { TypedField } from "../typed-field.js";
import { readJson, showJson, type Typed } from "../values.js";
import { DescriptionField } from "../schema-form/schema-fields.js";
import { SchemaForm } from "../schema-form/schema-form.js";
import { withField } from "./channel-fields.js";
import { ChannelUsers } from "./channel-users.js";
import { ReducerField } from "./reducer-field.js";
import { useChannelUses } from "./use-channel-uses.js";

interface ChannelEditorProps {
  readonly channel: GraphView["channels"][number];
  readonly others: readonly string[];
  readonly disabled: boolean;
  /** It has another name from now on. */
  readonly onRename: (name: string) => void;
}

/** All there is to one channel: its name, what it holds, how writes are put together, who uses it. */
export function ChannelEditor({ channel, others, disabled, onRename }: ChannelEditorProps): React.ReactElement {
  const { store } = useServices();
  const uses = useChannelUses(channel.name);
  const fields: JsonObject = isObject(channel.fields) ? channel.fields : {};
  const schema: JsonObject = isObject(fields["schema"]) ? fields["schema"] : {};
  const set = (name: "schema" | "reducer" | "default", value: JsonValue | undefined): void =>
    store.getState().edit([{ type: "channel/set", name: channel.name, fields: withField(fields, name, value) }]);
  const check = (typed: string): string | undefined => {
    if (!isChannelName(typed.trim())) return "Use a letter or underscore, then letters, digits or underscores.";
    return others.includes(typed.trim()) ? "There is a channel of this name." : undefined;
  };
  const rename = (typed: string): void => {
    if (typed.trim() === channel.name) return;
    store.getState().edit([{ type: "channel/rename", name: channel.name, to: typed.trim() }]);
    onRename(typed.trim());
  };
  return (
    <Subject value={{ channel: channel.name }}>
      <div className="channel-editor" data-editor={channel.name}>
        <TextField name="channel.name" label="Name" value={channel.name} code disabled={disabled} check={check} onCommit={rename} />
        <CodeHint uses={uses} />
        <DescriptionField name="schema" schema={schema} disabled={disabled} onCommit={(next) => set("schema", next)} />
        <SchemaForm
          name="schema"
          label="Values"
          value={fields["schema"]}
          disabled={disabled}
          onCommit={(next) => set("schema", next ?? undefined)}
        />
        <ReducerField value={fields["reducer"]} disabled={disabled} onCommit={(reducer) => set("reducer", reducer)} />
        <TypedField
          name="default"
          label="Value before the first write"
          value={showJson(fields["default"])}
          placeholder="none"
          code
          disabled={disabled}
          read={readDefault}
          onCommit={(value) => set("default", value ?? undefined)}
        />
        {uses !== undefined && <ChannelUsers uses={uses} />}
        {uses !== undefined && uses.declaration !== "" && <pre className="declaration">{uses.declaration}</pre>}
        <LastValue channel={channel.name} />
        <RemoveButton channel={channel.name} uses={uses} disabled={disabled} />
      </div>
    </Subject>
  );
}

function readDefault(typed: string): Typed {
  const read = readJson(typed);
  return read.ok ? { ok: true, value: read.value ?? null } : read;
}

/** A rename does not reach into code. */
function CodeHint({ uses }: { readonly uses: ChannelUsesView | undefined }): React.ReactElement | null {
  const code = uses?.code ?? [];
  if (code.length === 0) return null;
  return (
    <p className="quiet field-explained">
      {`A new name goes everywhere in the graph; code is yours to change: ${code.slice(0, 5).join(", ")}${code.length > 5 ? " …" : ""}.`}
    </p>
  );
}

function LastValue({ channel }: { readonly channel: string }): React.ReactElement | null {
  const value = useCanvas((state) => state.run.channels[channel]);
  if (value === undefined) return null;
  return (
    <div className="field">
      <span className="field-label">In the run shown</span>
      <pre className="channel-last" data-last={channel}>
        {value}
      </pre>
    </div>
  );
}

interface RemoveButtonProps {
  readonly channel: string;
  readonly uses: ChannelUsesView | undefined;
  readonly disabled: boolean;
}

/** Removes a channel; one that is used only after saying by whom. */
function RemoveButton({ channel, uses, disabled }: RemoveButtonProps): React.ReactElement {
  const { store } = useServices();
  const [asking, setAsking] = useState(false);
  const users = [
    ...new Set([...(uses?.readers ?? []), ...(uses?.writers ?? [])].filter(({ perhaps }) => !perhaps).map(({ text }) => text)),
  ];
  const remove = (): void => {
    if (users.length > 0 && !asking) setAsking(true);
    else store.getState().edit([{ type: "channel/remove", names: [channel] }]);
  };
  return (
    <div className="channel-remove">
      {asking && (
        <p className="field-error" role="alert">
          {`${users.slice(0, 5).join(", ")}${users.length > 5 ? " …" : ""} would name a channel that is not there.`}
        </p>
      )}
      <vscode-button secondary disabled={disabled} data-command="channel/remove" onClick={remove}>
        {asking ? "Remove all the same" : "Remove channel"}
      </vscode-button>
    </div>
  );
}

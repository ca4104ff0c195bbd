import { useState } from "react";
import type { JsonObject } from "../../runtime/model/json.js";
import { Icon } from "../canvas/icon.js";
import { ChoiceField, TextField } from "./fields.js";

interface SetRowsProps {
  readonly rows: readonly (readonly [channel: string, expression: string])[];
  readonly channels: readonly string[];
  readonly disabled: boolean;
  readonly onCommit: (set: JsonObject) => void;
}

/** Channel and expression, one row each; a row of nothing at the end adds one. */
export function SetRows({ rows, channels, disabled, onCommit }: SetRowsProps): React.ReactElement {
  const [adding, setAdding] = useState("");
  const free = channels.filter((name) => !rows.some(([channel]) => channel === name));
  const without = (channel: string): JsonObject => Object.fromEntries(rows.filter(([name]) => name !== channel));
  return (
    <>
      {rows.map(([channel, expression]) => (
        <div className="set-row" key={channel}>
          <TextField
            name={`set.${channel}`}
            label={channel}
            value={expression}
            code
            disabled={disabled}
            onCommit={(typed) => onCommit({ ...Object.fromEntries(rows), [channel]: typed })}
          />
          <button
            type="button"
            className="tool"
            aria-label={`Remove ${channel}`}
            title={`Remove ${channel}`}
            data-command={`set/remove/${channel}`}
            disabled={disabled}
            onClick={() => onCommit(without(channel))}
          >
            <Icon name="trash" />
          </button>
        </div>
      ))}
      {free.length > 0 && !disabled && (
        <ChoiceField
          name="set.add"
          label="Set another channel"
          value={adding}
          choices={free.map((name) => ({ value: name, title: name }))}
          onCommit={(name) => {
            setAdding("");
            onCommit({ ...Object.fromEntries(rows), [name]: name });
          }}
        />
      )}
    </>
  );
}

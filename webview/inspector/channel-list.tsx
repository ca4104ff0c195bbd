import { useState } from "react";
import { isChannelName } from "../../runtime/model/ids.js";
import { Icon } from "../canvas/icon.js";
import { useCanvas, useServices } from "../store/context.js";
import type { GraphView } from "../protocol/views.js";
import { TextField } from "./fields.js";

const none: GraphView["channels"] = [];

/** The channels of the graph, with their type and reducer; a name typed below adds one. */
export function ChannelList(): React.ReactElement {
  const { store } = useServices();
  const channels = useCanvas((state) => state.shown?.channels ?? none);
  const disabled = useCanvas((state) => state.shown?.readOnly === true);
  // A new key empties the field.
  const [added, setAdded] = useState(0);
  const check = (typed: string): string | undefined => {
    if (!isChannelName(typed.trim())) return "Use a letter or underscore, then letters, digits or underscores.";
    return channels.some(({ name }) => name === typed.trim()) ? "There is a channel of this name." : undefined;
  };
  return (
    <>
      <ul className="channels">
        {channels.map(({ name, type, reducer }) => (
          <li key={name} data-channel={name}>
            <span className="channel-name">{name}</span>
            <span className="channel-type" title={reducer}>
              {reducer === "last" ? type : `${type} · ${reducer}`}
            </span>
            <button
              type="button"
              className="tool"
              aria-label={`Remove ${name}`}
              title={`Remove ${name}`}
              disabled={disabled}
              onClick={() => store.getState().edit([{ type: "channel/remove", names: [name] }])}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
      <TextField
        key={added}
        name="channel.add"
        label="Add a channel"
        value=""
        placeholder="name"
        disabled={disabled}
        check={check}
        onCommit={(typed) => {
          store.getState().edit([{ type: "channel/set", name: typed.trim(), fields: {} }]);
          setAdded(added + 1);
        }}
      />
    </>
  );
}

import "./channels.css";
import { useState } from "react";
import { isChannelName } from "../../../runtime/model/ids.js";
import { Icon } from "../../canvas/icon.js";
import { useCanvas, useServices } from "../../store/context.js";
import type { GraphView } from "../../protocol/views.js";
import { TextField } from "../fields.js";
import { ChannelEditor } from "./channel-editor.js";

const none: GraphView["channels"] = [];

/** The channels of the graph; each unfolds to all there is to it. A name typed below adds one. */
export function ChannelList(): React.ReactElement {
  const { store } = useServices();
  const channels = useCanvas((state) => state.shown?.channels ?? none);
  const disabled = useCanvas((state) => state.shown?.readOnly === true);
  // A rename may be refused: then the channel is there under the name that it had.
  const [open, setOpen] = useState<readonly string[]>([]);
  // A new key empties the field.
  const [added, setAdded] = useState(0);
  const names = channels.map(({ name }) => name);
  const unfolded = open.find((name) => names.includes(name));
  const check = (typed: string): string | undefined => {
    if (!isChannelName(typed.trim())) return "Use a letter or underscore, then letters, digits or underscores.";
    return names.includes(typed.trim()) ? "There is a channel of this name." : undefined;
  };
  return (
    <>
      <ul className="channels">
        {channels.map((channel) => (
          <li key={channel.name} data-channel={channel.name}>
            <ChannelRow
              channel={channel}
              open={unfolded === channel.name}
              onToggle={() => setOpen(unfolded === channel.name ? [] : [channel.name])}
            />
            {unfolded === channel.name && (
              <ChannelEditor
                channel={channel}
                others={names.filter((name) => name !== channel.name)}
                disabled={disabled}
                onRename={(to) => setOpen([to, channel.name])}
              />
            )}
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
          setOpen([typed.trim()]);
        }}
      />
    </>
  );
}

interface ChannelRowProps {
  readonly channel: GraphView["channels"][number];
  readonly open: boolean;
  readonly onToggle: () => void;
}

function ChannelRow({ channel: { name, type, reducer }, open, onToggle }: ChannelRowProps): React.ReactElement {
  return (
    <button type="button" className="channel-row" data-command={`channel/edit/${name}`} aria-expanded={open} onClick={onToggle}>
      <Icon name={open ? "chevron-down" : "chevron-right"} />
      <span className="channel-name">{name}</span>
      <span className="channel-type">{reducer === "last" ? type : `${type} · ${reducer}`}</span>
    </button>
  );
}

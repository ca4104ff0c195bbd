import { ProblemList } from "../canvas/problem-list.js";
import type { ProblemView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { ChannelList } from "./channel-list.js";
import { Section, TextField } from "./fields.js";

const none: readonly ProblemView[] = [];

/** What the inspector shows of the graph as a whole. */
export function GraphPanel(): React.ReactElement {
  const { store } = useServices();
  const title = useCanvas((state) => state.shown?.title ?? "");
  const disabled = useCanvas((state) => state.shown?.readOnly === true);
  const problems = useCanvas((state) => state.shown?.problems ?? none);
  return (
    <>
      <Section title="Graph">
        <TextField
          name="title"
          label="Title"
          value={title}
          disabled={disabled}
          onCommit={(typed) => store.getState().edit([{ type: "title/set", title: typed.trim() }])}
        />
      </Section>
      <Section title="Channels">
        <ChannelList />
      </Section>
      <ChannelValues />
      {problems.length > 0 && (
        <Section title="Problems">
          <ProblemList problems={problems} />
        </Section>
      )}
    </>
  );
}

function ChannelValues(): React.ReactElement | null {
  const values = useCanvas((state) => state.run.channels);
  const run = useCanvas((state) => state.run.run);
  if (run === null) return null;
  return (
    <Section title="Values">
      {Object.entries(values).map(([name, value]) => (
        <details className="channel-value" key={name} data-channel={name}>
          <summary>
            <span className="channel-name">{name}</span>
            <code>{value}</code>
          </summary>
          <pre>{value}</pre>
        </details>
      ))}
      {Object.keys(values).length === 0 && <p className="quiet">Nothing is written yet.</p>}
    </Section>
  );
}

import { ProblemList } from "../canvas/problem-list.js";
import type { ProblemView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { ChannelList } from "./channels/channel-list.js";
import { ChannelValues } from "./channel-values.js";
import { TextField } from "./fields.js";
import { Section } from "./section.js";
import { TypesSection } from "./types-section.js";

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
      <TypesSection />
      {problems.length > 0 && (
        <Section title="Problems">
          <ProblemList problems={problems} />
        </Section>
      )}
    </>
  );
}

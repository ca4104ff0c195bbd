import { useEffect, useState } from "react";
import { Icon } from "../canvas/icon.js";
import type { BlameView, WriterView } from "../protocol/blame.js";
import { useCanvas, useServices } from "../store/context.js";
import { Section } from "./section.js";

type Writers = BlameView["writers"];
const nobody: Writers = {};
/** Who wrote what is asked when a run has stood for so long: stepping through one asks once, and drawing it comes first. */
const STANDS_MS = 120;

/** The values of the run shown, each with who gave it. */
export function ChannelValues(): React.ReactElement | null {
  const values = useCanvas((state) => state.run.channels);
  const run = useCanvas((state) => state.run.run);
  const writers = useWriters();
  if (run === null) return null;
  return (
    <Section title="Values">
      {Object.entries(values).map(([name, value]) => (
        <div className="channel-value" key={name} data-channel={name}>
          <details>
            <summary>
              <span className="channel-name">{name}</span>
              <code>{value}</code>
            </summary>
            <pre>{value}</pre>
          </details>
          <WrittenBy channel={name} writer={writers[name]} />
        </div>
      ))}
      {Object.keys(values).length === 0 && <p className="quiet">Nothing is written yet.</p>}
    </Section>
  );
}

function WrittenBy({ channel, writer }: { readonly channel: string; readonly writer: WriterView | undefined }): React.ReactElement | null {
  const { host } = useServices();
  if (writer === undefined) return null;
  return (
    <button
      type="button"
      className="channel-writer"
      data-command="blame/show"
      title={writer.details}
      aria-label={`${channel} was written by ${writer.text}. Show it.`}
      onClick={() => host.command("blame/show", { channel })}
    >
      <Icon name="git-commit" />
      {writer.text}
    </button>
  );
}

/** Who gave the channels their values; nobody while the run is at work or its past is looked at, or until the host has answered. */
function useWriters(): Writers {
  const { host } = useServices();
  const sequence = useCanvas((state) => state.now.sequence);
  const stands = useCanvas(({ now }) => now.run !== null && now.status !== "running");
  const past = useCanvas((state) => state.past !== undefined);
  const [answer, setAnswer] = useState({ sequence: 0, writers: nobody });
  useEffect(() => {
    // An answer that comes late is of a moment that is over.
    const told = (writers: Writers): void => setAnswer((known) => (known.sequence > sequence ? known : { sequence, writers }));
    const timer = setTimeout(() => {
      if (!stands) return told(nobody);
      void host.request("blame/load", {}).then(
        ({ writers }) => told(writers),
        () => told(nobody), // the host has logged why
      );
    }, STANDS_MS);
    return () => clearTimeout(timer);
  }, [host, sequence, stands]);
  return past ? nobody : answer.writers;
}

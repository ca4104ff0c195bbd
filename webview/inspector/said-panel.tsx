import { useEffect, useRef, useState } from "react";
import { useCanvas, useServices } from "../store/context.js";
import { Section } from "./section.js";

/** What is said is announced when it has rested for so long: a stream of words would drown everything else. */
const RESTS_MS = 1200;
/** So much of it is announced. */
const ANNOUNCED = 200;

/** All that a node says while it is at work, and its last words after that; nothing where it has said nothing. */
export function SaidPanel({ id }: { readonly id: string }): React.ReactElement | null {
  const { store } = useServices();
  const run = useCanvas((state) => state.now.run);
  const looksBack = useCanvas((state) => state.past !== undefined);
  const heard = useCanvas((state) => (state.heard?.node === id ? state.heard : undefined));
  useEffect(() => {
    if (run !== null) store.getState().listen(id);
  }, [run, id, store]);
  if (heard === undefined || heard.text === "" || looksBack) return null;
  const { text, length } = heard;
  return (
    <Section title="Says">
      {length > text.length && <p className="quiet">{`The last ${String(text.length)} of ${String(length)} characters`}</p>}
      <Words text={text} />
      <Announced text={text} />
    </Section>
  );
}

/** The words, kept in view as they come as long as nobody looks further up. */
function Words({ text }: { readonly text: string }): React.ReactElement {
  const frame = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const element = frame.current;
    if (element !== null && follows.current && text !== "") element.scrollTop = element.scrollHeight;
  }, [text]);
  return (
    <pre
      ref={frame}
      className="said"
      data-fact="said"
      role="log"
      aria-live="off"
      aria-label="What the node says"
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollTop + clientHeight >= scrollHeight - 4;
      }}
    >
      {text}
    </pre>
  );
}

function Announced({ text }: { readonly text: string }): React.ReactElement {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text.slice(-ANNOUNCED)), RESTS_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className="unseen" role="status" data-testid="said-aloud">
      {said}
    </p>
  );
}

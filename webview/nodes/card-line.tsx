import { useCanvas } from "../store/context.js";

interface CardLineProps {
  readonly id: string;
  /** What the node does, or asks. */
  readonly line: string;
  readonly asks: boolean;
  /** Its task is at work, and may say something. */
  readonly atWork: boolean;
}

/** The second line of a card: what its node does, asks, or says while it is at work. */
export function CardLine({ id, line, asks, atWork }: CardLineProps): React.ReactElement {
  if (atWork) return <SpokenLine id={id} line={line} />;
  return (
    <span className="card-line" title={line} data-asks={asks}>
      {line}
    </span>
  );
}

/** The last words of a task; the inspector has all of them, also for a screen reader. */
function SpokenLine({ id, line }: Pick<CardLineProps, "id" | "line">): React.ReactElement {
  const said = useCanvas((state) => (state.past === undefined ? state.tails[id] : undefined)) ?? "";
  const words = said.replaceAll(/\s+/g, " ").trim();
  return (
    <span className="card-line" title={line} data-says={words !== ""}>
      {words === "" ? line : <bdi>{words}</bdi>}
    </span>
  );
}

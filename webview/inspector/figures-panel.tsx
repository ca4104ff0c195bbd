import { spokenMs } from "../nodes/duration.js";
import { useCanvas } from "../store/context.js";
import { Fact, Section } from "./fields.js";

/** What the runs of a node came to so far: how often, how well, how long. */
export function FiguresPanel({ id }: { readonly id: string }): React.ReactElement | null {
  const figures = useCanvas((state) => state.run.figures);
  if (figures?.node !== id || figures.runs + figures.cached + figures.replayed === 0) return null;
  const { runs, success, retries, cached, replayed, ms } = figures;
  return (
    <Section title="Figures">
      <Fact name="runs" label="Runs">
        {[
          String(runs),
          ...(retries === 0 ? [] : [`${String(retries)} retried`]),
          ...(cached === 0 ? [] : [`${String(cached)} cached`]),
          ...(replayed === 0 ? [] : [`${String(replayed)} recorded`]),
        ].join(", ")}
      </Fact>
      {success !== null && (
        <Fact name="success" label="Success">
          {`${String(Math.round(success * 1000) / 10)} %`}
        </Fact>
      )}
      {ms !== null && (
        <>
          <Fact name="range" label="Took">{`${spokenMs(ms.min)} to ${spokenMs(ms.max)}`}</Fact>
          <Fact name="mean" label="Mean">
            {spokenMs(ms.mean)}
          </Fact>
          <Fact name="percentiles" label="p50, p95">{`${spokenMs(ms.p50)}, ${spokenMs(ms.p95)}`}</Fact>
        </>
      )}
    </Section>
  );
}

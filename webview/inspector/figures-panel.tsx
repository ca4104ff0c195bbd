import { spokenMs } from "../nodes/duration.js";
import type { NodeFiguresView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { keyOf, useAnswer } from "../store/use-answer.js";
import { Fact } from "./fields.js";
import { Section } from "./section.js";

/** What the runs of a node came to by the moment that is looked at: how often, how well, how long. */
export function FiguresPanel({ id }: { readonly id: string }): React.ReactElement | null {
  const past = useCanvas((state) => state.past?.superstep);
  const figures = useFigures(id, past);
  if (figures?.node !== id || figures.runs + figures.cached + figures.replayed === 0) return null;
  const { runs, success, retries, cached, replayed, ms } = figures;
  return (
    <Section title="Figures">
      {past !== undefined && <p className="quiet task-moment">{`As of superstep ${String(past)}`}</p>}
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

/** Those of now come with the run; those of the past are asked for once the slider stands. */
function useFigures(node: string, past: number | undefined): NodeFiguresView | undefined {
  const { host } = useServices();
  const now = useCanvas((state) => state.now.figures);
  const run = useCanvas((state) => state.now.run);
  const key = past === undefined ? undefined : keyOf(run, node, past);
  const told = useAnswer(key, () => host.request("figures/load", { node, superstep: past ?? 0 }), STANDS_MS);
  return past === undefined ? now : (told?.answer ?? undefined);
}

const STANDS_MS = 120;

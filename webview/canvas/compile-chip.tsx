import { spokenMicros } from "../nodes/duration.js";
import type { CompileView } from "../protocol/views.js";
import { useCanvas } from "../store/context.js";
import { Icon } from "./icon.js";

/** What the compiler did last, in a few words: class, time, nodes recomputed. */
function spokenCompile({ last }: CompileView): string {
  if (last === undefined) return "not compiled";
  if (last.class === "none") return "no recompile";
  if (last.inVain !== undefined) return `${last.class} · ${last.inVain}`;
  return `${last.class} · ${spokenMicros(last.micros)} · ${String(last.recomputed)} ${last.recomputed === 1 ? "node" : "nodes"}`;
}

/** Plan and compiler in the toolbar. */
export function CompileChip(): React.ReactElement {
  const compile = useCanvas((state) => state.compile);
  const lines = [
    compile.plan === "" ? "No plan is in force yet" : `Plan ${compile.plan} is in force`,
    ...(compile.stale ? ["The graph differs from it"] : []),
    ...(compile.last?.reasons ?? []),
  ];
  return (
    <span
      className="compile-chip"
      data-testid="compile-chip"
      data-stale={compile.stale}
      data-class={compile.last?.class ?? ""}
      title={lines.join("\n")}
    >
      <Icon name={compile.last?.class === "soft" ? "zap" : "server-process"} />
      {spokenCompile(compile)}
      {compile.backlog > 0 && ` · ${String(compile.backlog)} waiting`}
      {compile.stale && (
        <span className="compile-stale">
          <Icon name="warning" />
          stale
        </span>
      )}
    </span>
  );
}

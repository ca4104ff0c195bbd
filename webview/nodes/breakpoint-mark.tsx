import "./breakpoints.css";
import { breakpointIcon, spokenBreakpoint } from "../canvas/breakpoints.js";
import { Icon } from "../canvas/icon.js";
import type { BreakpointView } from "../protocol/debug.js";
import { useServices } from "../store/context.js";

/** What a breakpoint belongs to. */
export type BreakpointSubject = { readonly node: string } | { readonly edge: string };

/** A breakpoint on what it stops at; a click takes it away, as in the gutter of a text. */
export function BreakpointMark({
  of,
  breakpoint,
}: {
  readonly of: BreakpointSubject;
  readonly breakpoint: BreakpointView;
}): React.ReactElement {
  const { host } = useServices();
  const { at, kind, enabled, problem } = breakpoint;
  const remove = (event: React.MouseEvent): void => {
    event.stopPropagation();
    host.command("breakpoint/remove", { ...of, at });
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      className="breakpoint nodrag nopan"
      data-breakpoint={at}
      data-kind={kind}
      data-form={enabled ? (problem === undefined ? "set" : "unverified") : "disabled"}
      title={spokenBreakpoint(breakpoint)}
      onClick={remove}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon name={breakpointIcon(breakpoint)} />
    </button>
  );
}

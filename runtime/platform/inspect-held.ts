import type { NodeId } from "../model/ids.js";
import type { HandlerHost, HandlerInspection } from "../ports.js";
import type { HoldableClock } from "./holdable-clock.js";

/**
 * As `HandlerHost.inspect`: from then on until the call has ended, or is taken back, the time of its run is held, so that no limit ends what a
 * person looks at. Undefined where handlers cannot be looked into.
 */
export function inspectHeld(
  handlers: HandlerHost,
  clock: HoldableClock,
  run: string,
  node: NodeId,
  { opened, closed }: HandlerInspection,
): (() => void) | undefined {
  if (handlers.inspect === undefined) return undefined;
  const release = clock.hold();
  const forget = handlers.inspect(run, node, {
    opened,
    closed: () => {
      release();
      closed();
    },
  });
  return () => {
    release();
    forget();
  };
}

import type { EntryPlace } from "../adapter/text-places.js";

/** A breakpoint of VS Code's list, of a node or edge of a graph. */
export interface GraphBreakpoint {
  readonly id: string;
  readonly place: EntryPlace;
  readonly enabled: boolean;
  readonly condition?: string;
  readonly hits?: string;
  /** What it tells instead of stopping. */
  readonly log?: string;
}

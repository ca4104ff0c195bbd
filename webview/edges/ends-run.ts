import { END } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { EdgeView } from "../protocol/views.js";

/** Whether the edge ends the whole run, and not its branch alone. */
export function endsRun({ to, fields }: EdgeView): boolean {
  return to === END && fields["terminate"] === true;
}

/** The patch that sends an edge to `to`: only one that goes to the end can end the run. */
export function retargeted({ fields }: EdgeView, to: string): JsonObject {
  return to === END || fields["terminate"] === undefined ? { to } : { to, terminate: null };
}

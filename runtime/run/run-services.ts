import type { HandlerHost, HttpClient, Random } from "../ports.js";
import type { GraphSource } from "./graph-source.js";
import type { Migrations } from "./migrations.js";
import type { HistoryServices } from "./position.js";

/** What a run needs of the outside. */
export interface RunServices extends HistoryServices {
  readonly handlers: HandlerHost;
  /** Sends the requests of `http` nodes. */
  readonly http: HttpClient;
  readonly random: Random;
  /** Makes the absolute path of a module that the document names, such as `./nodes/a.ts`. */
  readonly resolve: (path: string) => string;
  /** The user's migrations of state. Absent: there are none. */
  readonly migrations?: Migrations;
  /** The graphs that the document names. Absent: there are none to be had. */
  readonly graphs?: GraphSource;
  /** A run that is inside no other has come to its end, and that is saved. */
  readonly ended?: (run: string) => void;
}

import { BreakpointEvent } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { BreakpointList } from "./breakpoint-list.js";
import type { Stage } from "./stage.js";

/** Tells of breakpoints anew when a run comes to graphs that it was not in before, and when their plans or texts have changed. */
export class Review {
  readonly #list: BreakpointList;
  readonly #stage: Stage;
  readonly #send: (event: DebugProtocol.Event) => void;
  #seen: readonly unknown[] = [];

  constructor(list: BreakpointList, stage: Stage, send: (event: DebugProtocol.Event) => void) {
    this.#list = list;
    this.#stage = stage;
    this.#send = send;
  }

  /** Looks whether anything is other than when this was called last. */
  look(): void {
    const now = this.#stage.files.flatMap(({ path, parsed }) => [path, parsed, this.#stage.planOf(path)]);
    const isSame = now.length === this.#seen.length && now.every((each, place) => each === this.#seen[place]);
    if (isSame) return;
    this.#seen = now;
    for (const breakpoint of this.#list.review()) this.#send(new BreakpointEvent("changed", breakpoint));
  }
}

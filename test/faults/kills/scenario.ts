import type { Durability } from "../../../runtime/index.js";
import { mulberry32 } from "../../support/mulberry32.js";
import type { Instant } from "./life.js";

/** A run that is killed again and again, as its seed says. What the kills hit is up to the machine. */
export interface Scenario {
  readonly seed: number;
  readonly durability: Durability;
  readonly policy: string;
  readonly rounds: number;
  /** How often something is killed, before the run is let go to its end. */
  readonly kills: number;
  /** When something is killed next. */
  readonly nextInstant: () => Instant;
}

const durabilities: readonly Durability[] = ["sync", "async", "async", "exit"];
const policies = ["every-superstep", "every-superstep", "minimal", "adaptive", "manual"];

export function scenarioOf(seed: number, kills: number): Scenario {
  const random = mulberry32(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const of = <Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item => items[below(items.length)] as Item;
  return {
    seed,
    durability: of(durabilities),
    policy: of(policies),
    rounds: 2 + below(2),
    kills,
    nextInstant: () => {
      const delay = of([0, 0, below(4), below(30)]);
      if (random() < 0.1) return { whom: "host", after: 0, delay: below(400) }; // also while it opens
      return { whom: random() < 0.7 ? "host" : "handler", after: 1 + below(of([3, 12, 40])), delay };
    },
  };
}

import { Loopback } from "../../support/loopback.js";
import type { Effect } from "./protocol.js";

/** What the handlers of one scenario told and did. */
export interface Effects {
  /** Where they tell it. */
  readonly url: string;
  readonly told: readonly Effect[];
  /** Key -> name: an effect is done for the first request with its key, as a server does it that honours such keys. */
  readonly done: ReadonlyMap<string, string>;
}

/** Has the effects of handlers. Lives on where they are killed. */
export class EffectsServer {
  readonly #takers: Map<string, (effect: Effect) => void>;
  readonly #loopback: Loopback;

  private constructor(takers: Map<string, (effect: Effect) => void>, loopback: Loopback) {
    this.#takers = takers;
    this.#loopback = loopback;
  }

  static async start(): Promise<EffectsServer> {
    const takers = new Map<string, (effect: Effect) => void>();
    const loopback = await Loopback.start(({ url, body }, response) => {
      takers.get(url)?.(JSON.parse(body) as Effect);
      response.end();
    });
    return new EffectsServer(takers, loopback);
  }

  /** Takes what is told under a name of its own; `onTold` is called first, so that it can kill whoever waits for the answer. */
  listen(scenario: string, onTold: (effect: Effect) => void): Effects {
    const told: Effect[] = [];
    const done = new Map<string, string>();
    this.#takers.set(`/${scenario}`, (effect) => {
      told.push(effect);
      if (effect.kind === "effect" && !done.has(effect.key)) done.set(effect.key, effect.name);
      onTold(effect);
    });
    return { url: `${this.#loopback.origin}/${scenario}`, told, done };
  }

  stop(): Promise<void> {
    return this.#loopback.stop();
  }
}

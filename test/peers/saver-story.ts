import type { Saver } from "./langgraph.js";

/** What a move of the story came to, and the history afterwards, newest first. */
export interface ToldMove {
  readonly move: string;
  /** The state with the questions that wait, or an error's message. */
  readonly outcome: string | { readonly asked: readonly unknown[] };
  readonly history: readonly unknown[];
}

/** What `bench/peers/saver-story.mjs` exports as `tell`: a story of a graph, each move of it on a saver that is asked for anew. */
export type SaverStory = (saverOf: () => Saver) => Promise<readonly ToldMove[]>;

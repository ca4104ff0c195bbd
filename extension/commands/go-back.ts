import type { Command } from "./command.js";

/** Shows the place on a canvas where somebody was before. */
export const goBack: Command = { id: "patchbay.goBack", run: ({ places }) => places.goBack() };

/** Shows the place that somebody went back from. */
export const goForward: Command = { id: "patchbay.goForward", run: ({ places }) => places.goForward() };

import ELK from "elkjs/lib/elk.bundled.js";
import type { Layering } from "../../layout/layered.js";

/** Layers by ELK. It works on the thread that asks, and loading it takes some 1.6 MB: it is for threads of its own. */
export const elkLayering: Layering = (graph) => new ELK().layout(graph);

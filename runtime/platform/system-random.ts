import type { Random } from "../ports.js";

/** The machine's chance: good enough to spread retries, not for secrets. */
export const systemRandom: Random = { next: () => Math.random() };

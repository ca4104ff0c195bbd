import type { Secrets } from "../../ports.js";

/** Secrets that are variables of the environment, by their own names. */
export const environmentSecrets: Secrets = { get: (name) => Promise.resolve(process.env[name]) };

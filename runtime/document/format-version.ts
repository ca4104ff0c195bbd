/** The version of the format that this Patchbay writes: the first. Older ones will be migrated by numbered steps. */
export const currentVersion = 1;

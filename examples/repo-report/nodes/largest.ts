import type { Handler } from "../.patchbay/types/repo-report.d.ts";

/** The `top` files with most bytes; of equals the first by path. */
const largest: Handler<"largest", "files"> = ({ files, top }) => ({
  largest: files.toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)).slice(0, top),
});

export default largest;

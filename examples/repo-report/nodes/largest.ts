import type { SourceFile } from "./types.ts";

interface Reads {
  readonly files: readonly SourceFile[];
  readonly top: number;
}

/** The `top` files with most bytes; of equals the first by path. */
export default function largest({ files, top }: Reads): { readonly largest: readonly SourceFile[] } {
  return { largest: files.toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)).slice(0, top) };
}

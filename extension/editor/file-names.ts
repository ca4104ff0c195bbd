// How files are named in documents, and after what people call things. Pure.
import { relative, sep } from "node:path";

/** A file from a folder, as documents write it, with forward slashes: `./nodes/look-up.ts`. */
export function pathFrom(directory: string, file: string): string {
  const path = relative(directory, file).split(sep).join("/");
  return path.startsWith("../") ? path : `./${path}`;
}

/** Words as the name of a file, without an ending; `otherwise` where nothing of them can stand in one. */
export function slugOf(words: string, otherwise: string): string {
  const slug = words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return slug === "" ? otherwise : slug;
}

import * as zlib from "node:zlib";
import { hash } from "node:crypto";
import { PatchbayError } from "../../errors.js";

/** How the text of a page, or of a large value, is stored: the number in `codec`. An open page (0) has its records in `tail`, as they are. */
export const OPEN = 0;
const ZSTD = 1;
const DEFLATE = 2;

/** Quick: records of one run repeat one another, so that they shrink to a tenth all the same. */
const zstdOptions = { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } };
const deflateOptions = { level: 1 };
/** Text comes out in pieces of so many bytes: about a page. */
const reading = { chunkSize: 512 * 1024 };

/** A text as it is stored. */
export interface Packed {
  readonly codec: number;
  readonly sum: string;
  readonly body: Uint8Array;
}

/** Compresses a text. */
export function pack(text: string): Packed {
  const hasZstd = typeof zlib.zstdCompressSync === "function"; // from Node.js 22.15 on
  const body = hasZstd ? zlib.zstdCompressSync(text, zstdOptions) : zlib.deflateRawSync(text, deflateOptions);
  return { codec: hasZstd ? ZSTD : DEFLATE, sum: pageSum(body), body };
}

/** The text; undefined where its bytes are not what was stored. Throws `STORE` for a codec that this Node.js lacks. */
export function unpack({ codec, sum, body }: Packed): string | undefined {
  if (pageSum(body) !== sum) return undefined;
  if (codec === DEFLATE) return unless(() => zlib.inflateRawSync(body, reading));
  if (codec !== ZSTD) return undefined;
  if (typeof zlib.zstdDecompressSync !== "function")
    throw new PatchbayError("STORE", `The store was written with a newer Node.js than ${process.version}. Use Node.js 22.15 or later.`);
  return unless(() => zlib.zstdDecompressSync(body, reading));
}

/** What was made of bytes; undefined where they are of another codec than is said. */
function unless(made: () => Buffer): string | undefined {
  try {
    return made().toString();
  } catch {
    return undefined;
  }
}

function pageSum(body: Uint8Array): string {
  return hash("sha256", body, "hex").slice(0, 32);
}

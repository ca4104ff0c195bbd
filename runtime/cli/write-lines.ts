import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Lines are handed on in pieces of so many characters. */
const PIECE = 16 * 1024;

/**
 * Writes lines as fast as they are read and no faster: what is behind `lines` is asked for when there is room. A reader that has seen
 * enough and closes is no fault. Rejects with what `lines` throws, and where the stream fails otherwise.
 */
export async function writeLines(to: Writable, lines: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces(lines), { highWaterMark: 1 }), to, { end: false });
  } catch (thrown) {
    if (!isClosed(thrown)) throw thrown;
  }
}

function* pieces(lines: Iterable<string>): Generator<string, void, void> {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function isClosed(thrown: unknown): boolean {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE";
}

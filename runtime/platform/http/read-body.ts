/** A body, or as much of it as was wanted. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  readonly truncated: boolean;
}

/** Reads a body until its end or until it is longer than wanted; then the rest is refused. `alive` is called for each piece. */
export async function readBody(response: Response, maxBytes: number, alive: () => void): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream, which ends the connection.
  for await (const chunk of response.body ?? []) {
    alive();
    const bytes = chunk as Uint8Array;
    chunks.push(bytes.subarray(0, maxBytes - length));
    length += bytes.length;
    if (length > maxBytes) return { bytes: Buffer.concat(chunks), truncated: true };
  }
  return { bytes: Buffer.concat(chunks), truncated: false };
}

import { inflateSync } from "node:zlib";

/** A PNG of eight bits for each of red, green, blue and alpha, without interlacing: as browsers make them. */
export interface Png {
  readonly width: number;
  readonly height: number;
  /** Row by row, four bytes a pixel. */
  readonly pixels: Buffer;
}

const SIGNATURE = "\x89PNG\r\n\x1a\n";
const RGBA = 4;

/** Reads one. Throws for anything else. */
export function readPng(bytes: Buffer): Png {
  if (bytes.toString("latin1", 0, 8) !== SIGNATURE) throw new Error("No PNG.");
  const data: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") [width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? RGBA : 3];
    if (type === "IDAT") data.push(body);
    at += length + 12;
  }
  return { width, height, pixels: unfiltered(inflateSync(Buffer.concat(data)), width, height, channels) };
}

/** Red, green, blue and alpha of a pixel. */
export function pixelOf({ pixels, width }: Png, x: number, y: number): readonly number[] {
  const at = (y * width + x) * RGBA;
  return [...pixels.subarray(at, at + RGBA)];
}

/** Takes the filters of PNG's rows back, and gives pixels without alpha a full one. */
function unfiltered(raw: Buffer, width: number, height: number, channels: number): Buffer {
  const stride = width * channels;
  const rows = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : (rows[y * stride + x - channels] ?? 0);
      const up = y === 0 ? 0 : (rows[(y - 1) * stride + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (rows[(y - 1) * stride + x - channels] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  if (channels === RGBA) return rows;
  return Buffer.from(
    Array.from({ length: width * height * RGBA }, (_, i) => (i % RGBA === 3 ? 255 : (rows[(i >> 2) * 3 + (i % RGBA)] ?? 0))),
  );
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

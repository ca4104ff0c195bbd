import type { Host } from "../store/channel.js";
import type { NotificationParams } from "../protocol/messages.js";

/** Draws an SVG as a PNG with the fonts of the system, and sends that back. */
export async function answerPicture(host: Host, wanted: NotificationParams<"picture/wanted">): Promise<void> {
  const { picture } = wanted;
  try {
    host.command("picture/drawn", { ok: true, picture, png: await pngOf(wanted) });
  } catch (error) {
    host.command("picture/drawn", { ok: false, picture, message: error instanceof Error ? error.message : String(error) });
  }
}

async function pngOf({ svg, width, height }: NotificationParams<"picture/wanted">): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("The picture is too large to be drawn.");
  return new Uint8Array(await blob.arrayBuffer());
}

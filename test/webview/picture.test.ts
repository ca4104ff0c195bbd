// The canvas draws pictures for the host, which has neither fonts nor a canvas element.
import { writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { parseDocument } from "../../runtime/document/parse.js";
import { drawingOf } from "../../runtime/picture/drawing.js";
import { pixelsOf } from "../../runtime/picture/pixels.js";
import { pictureOf, type Look } from "../../runtime/picture/svg.js";
import { graphText } from "../support/graph-text.js";
import { pixelOf, readPng } from "../support/png.js";
import { triage } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 30_000;
const browser = sharedBrowser();

const text = graphText({
  nodes: { read: { label: "Read the ticket — naïve façade" }, ask: { kind: "barrier", prompt: "?" }, write: {} },
  edges: { e1: "@start -> read", e2: "read -> ask when 1 > 0", e3: "read -> write else", e4: "ask -> read on again", e5: "write -> @end" },
});
const drawing = drawingOf(parseDocument(text), "A graph");

async function pngOf(page: Page, look: Look, scale: number): Promise<Buffer> {
  const { svg, ...size } = pictureOf(drawing, look);
  const { width, height } = pixelsOf(size, scale);
  const answers = () =>
    page.evaluate(() =>
      window.host.commands
        .filter(({ name }) => name === "picture/drawn")
        .map(({ params }) => {
          const { png } = params as { readonly png: Uint8Array };
          return [...png].map((byte) => String.fromCharCode(byte)).join("");
        }),
    );
  const before = (await answers()).length;
  await page.evaluate((wanted) => window.host.notify("picture/wanted", wanted), { picture: before + 1, svg, width, height });
  await expect.poll(async () => (await answers()).length).toBe(before + 1);
  return Buffer.from((await answers()).at(-1) ?? "", "latin1");
}

test(
  "an SVG comes back as a PNG of the size asked for, with the ground and the colours asked for",
  async () => {
    const page = await browser.open({ graph: triage() });
    const size = pictureOf(drawing, { scheme: "dark", transparent: false });
    const dark = readPng(await pngOf(page, { scheme: "dark", transparent: false }, 2));
    expect(dark).toMatchObject({ width: size.width * 2, height: size.height * 2 });
    expect(pixelOf(dark, 2, 2)).toEqual([0x1f, 0x1f, 0x23, 255]);
    const light = readPng(await pngOf(page, { scheme: "light", transparent: false }, 1));
    expect(light).toMatchObject({ width: size.width, height: size.height });
    expect(pixelOf(light, 2, 2)).toEqual([255, 255, 255, 255]);
    const clear = readPng(await pngOf(page, { scheme: "light", transparent: true }, 1));
    expect(pixelOf(clear, 2, 2)).toEqual([0, 0, 0, 0]);
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    if (process.env["LOOK"] !== undefined) {
      writeFileSync(`${process.env["LOOK"]}-dark.png`, await pngOf(page, { scheme: "dark", transparent: false }, 2));
      writeFileSync(`${process.env["LOOK"]}-clear.png`, await pngOf(page, { scheme: "light", transparent: true }, 1));
    }
    await page.close();
  },
  patience,
);

test(
  "what cannot be drawn is said",
  async () => {
    const page = await browser.open({ graph: triage() });
    await page.evaluate(() => window.host.notify("picture/wanted", { picture: 1, svg: "no picture", width: 10, height: 10 }));
    const answers = () =>
      page.evaluate(() => window.host.commands.filter(({ name }) => name === "picture/drawn").map(({ params }) => params));
    await expect.poll(answers).toEqual([{ ok: false, picture: 1, message: expect.any(String) }]);
    await page.close();
  },
  patience,
);

// A view that moves: what was painted is moved and scaled, and painted anew once it rests.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { triage } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

declare global {
  interface Window {
    /** How often the dots were painted anew. */
    dotsPainted: number;
    /** How often the view came to rest. */
    rests: number;
  }
}

const patience = 60_000;
const browser = sharedBrowser();
const memory = { viewport: { x: 100, y: 100, zoom: 1 }, inspector: { open: false, width: 280 } };

/** Notes when the dots are painted: when they come to stand further apart or closer. */
function notePaints(): void {
  const dots = document.querySelector<HTMLElement>(".dots");
  if (dots === null) throw new Error("There are no dots.");
  let before = dots.style.getPropertyValue("--dots-apart");
  window.dotsPainted = 0;
  new MutationObserver(() => {
    const apart = dots.style.getPropertyValue("--dots-apart");
    if (apart !== before) window.dotsPainted += 1;
    before = apart;
  }).observe(dots, { attributes: true, attributeFilter: ["style"] });
  window.rests = 0;
  const root = document.querySelector(".react-flow");
  if (root === null) throw new Error("There is no view.");
  new MutationObserver(() => {
    if (!root.hasAttribute("data-moving")) window.rests += 1;
  }).observe(root, { attributes: true, attributeFilter: ["data-moving"] });
}

/** The zoom, how far apart dots are seen, and how far a dot is from a place of the grid, in pixels. */
const seen = (page: Page): Promise<{ readonly zoom: number; readonly apart: number; readonly off: number }> =>
  page.evaluate(() => {
    const viewport = document.querySelector(".react-flow__viewport");
    const dots = document.querySelector<HTMLElement>(".dots");
    if (viewport === null || dots === null) throw new Error("There is no view.");
    const { a: zoom, e: origin } = new DOMMatrix(getComputedStyle(viewport).transform);
    const { a: scale, e: left } = new DOMMatrix(getComputedStyle(dots).transform);
    const apart = Number.parseFloat(dots.style.getPropertyValue("--dots-apart")) * scale;
    const off = (left + apart / 2 - origin) / apart;
    return { zoom, apart, off: Math.abs(off - Math.round(off)) * apart };
  });

const moves = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.querySelector(".react-flow")?.hasAttribute("data-moving") === true);

test(
  "dots stay on the grid wherever the view goes, and are painted when it rests",
  async () => {
    const page = await browser.open({ graph: triage(), memory });
    await expect.poll(() => moves(page)).toBe(false);
    await page.evaluate(notePaints);
    await page.mouse.move(500, 400);
    await page.mouse.wheel(37, -53);
    await expect.poll(async () => (await seen(page)).off).toBeLessThan(0.01);
    await page.keyboard.down("Control");
    const steps = 12;
    for (let step = 0; step < steps; step += 1) await page.mouse.wheel(0, -6);
    await expect.poll(async () => (await seen(page)).zoom).toBeGreaterThan(1.05);
    const { zoom, apart, off } = await seen(page);
    expect(apart).toBeCloseTo(20 * zoom, 3);
    expect(off).toBeLessThan(0.01);
    await page.keyboard.up("Control");
    await expect.poll(() => moves(page)).toBe(false);
    await expect.poll(() => page.evaluate(() => window.dotsPainted)).toBeGreaterThan(0);
    // On a slow machine the view rests more often than once.
    await expect.poll(() => page.evaluate(() => window.dotsPainted <= window.rests)).toBe(true);
    expect((await seen(page)).apart).toBeCloseTo(20 * (await seen(page)).zoom, 3);
    expect(await page.evaluate(() => window.host.violations)).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "while the view moves, the graph is a layer of its own",
  async () => {
    const page = await browser.open({ graph: triage(), memory });
    await expect.poll(() => moves(page)).toBe(false);
    const layers = page.evaluate(
      () =>
        new Promise<readonly string[]>((resolve) => {
          const root = document.querySelector(".react-flow");
          const viewport = document.querySelector(".react-flow__viewport");
          if (root === null || viewport === null) throw new Error("There is no view.");
          const noted: string[] = [];
          new MutationObserver(() => {
            noted.push(getComputedStyle(viewport).willChange);
            if (!root.hasAttribute("data-moving")) resolve(noted);
          }).observe(root, { attributes: true, attributeFilter: ["data-moving"] });
        }),
    );
    await page.mouse.move(500, 400);
    for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(20, 10);
    expect(await layers).toEqual(["transform", "auto"]);
    await page.close();
  },
  patience,
);

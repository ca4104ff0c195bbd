import { expect } from "vitest";
import type { Canvas } from "./canvas.js";
import { SOON } from "./soon.js";
import type { Workbench } from "./workbench.js";

/** The two canvases of a diff editor. */
export interface Sides {
  readonly before: Canvas;
  readonly after: Canvas;
}

/** The two sides of the diff editor in view: by what they say they are. */
export async function sidesOf(workbench: Workbench): Promise<Sides> {
  const [one, other] = [workbench.canvasAt(0), workbench.canvasAt(1)];
  const sideOf = (canvas: Canvas): Promise<string | null> => canvas.frame.locator(".diff-name").getAttribute("data-side");
  await expect.poll(async () => new Set([await sideOf(one), await sideOf(other)]), SOON).toEqual(new Set(["after", "before"]));
  return (await sideOf(one)) === "before" ? { before: one, after: other } : { before: other, after: one };
}

/** The nodes of a side that differ, each with what became of it. */
export const marks = (canvas: Canvas): Promise<readonly string[]> =>
  canvas.frame
    .locator(".diff-mark")
    .evaluateAll((all) => all.map((mark) => `${mark.getAttribute("data-of") ?? ""} ${mark.textContent}`).toSorted());

/** What only the other side has, or has elsewhere. */
export const ghosts = (canvas: Canvas): Promise<readonly string[]> =>
  canvas.frame
    .locator(".diff-ghost")
    .evaluateAll((all) =>
      all.map((ghost) => `${ghost.getAttribute("data-ghost") ?? ""} ${ghost.getAttribute("data-change") ?? ""}`).toSorted(),
    );

/** The revision that a side says it is. */
export const nameOf = (canvas: Canvas): Promise<string> => canvas.frame.locator(".diff-name").innerText();

/** Where the view of a side stands. */
export const viewOf = (canvas: Canvas): Promise<string> =>
  canvas.frame.locator(".react-flow__viewport").evaluate((viewport) => getComputedStyle(viewport).transform);

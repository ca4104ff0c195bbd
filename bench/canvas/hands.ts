import type { Page } from "playwright-core";

/** A mouse sends about so many events a second. */
const EVERY_MS = 8;
/** Events on their way at once, at most: a page that is slow gets no backlog. */
const ON_THE_WAY = 4;
const CTRL = 2;

/** Where the mouse is: the middle of the window. */
export const MIDDLE = { x: 700, y: 400 };

/** What the browser is sent for one movement of a mouse. */
interface MouseInput {
  readonly type: "mouseWheel" | "mouseMoved";
  readonly x: number;
  readonly y: number;
  readonly button?: "left";
  readonly buttons?: number;
  readonly deltaX?: number;
  readonly deltaY?: number;
  readonly modifiers?: number;
}
/** One input event by its number from 0. */
export type Hand = (index: number) => MouseInput;

/** Ctrl and the wheel: a few notches in, as many out. */
export const zoom: Hand = (index) => wheel(0, turn(index, 12) * 2, CTRL);
/** The wheel, and a wheel that is tilted: some way there, and back. */
export const pan: Hand = (index) => wheel(turn(index, 20) * 11, turn(index, 20) * 7, 0);
/** The pressed mouse, around where it was pressed. */
export const drag: Hand = (index) => ({
  type: "mouseMoved",
  x: MIDDLE.x + 300 * Math.sin(index / 15),
  y: MIDDLE.y + 200 * Math.sin(index / 11),
  button: "left",
  buttons: 1,
});

function wheel(deltaX: number, deltaY: number, modifiers: number): MouseInput {
  return { type: "mouseWheel", ...MIDDLE, deltaX, deltaY, modifiers };
}

function turn(index: number, length: number): 1 | -1 {
  return Math.floor(index / length) % 2 === 0 ? -1 : 1;
}

/** Sends events at the rate of a hand for so many milliseconds. */
export async function move(page: Page, hand: Hand, ms: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const sent = new Set<Promise<unknown>>();
  const end = performance.now() + ms;
  for (let index = 0; performance.now() < end; index += 1) {
    const event = session.send("Input.dispatchMouseEvent", hand(index));
    sent.add(event);
    void event.finally(() => sent.delete(event));
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    while (sent.size >= ON_THE_WAY) await Promise.race(sent);
  }
  await Promise.all(sent);
  await session.detach();
}

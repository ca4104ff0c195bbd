import { afterEach, expect, test } from "vitest";
import { Paced } from "../../../webview/canvas/held/paced.js";

/** Frames that come when they are told to. */
class Frames {
  readonly #asked = new Map<number, () => void>();

  readonly request = (act: () => void): number => {
    this.#asked.set(this.#asked.size + 1, act);
    return this.#asked.size;
  };
  readonly cancel = (frame: number): void => void this.#asked.delete(frame);

  next(): void {
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const act of asked) act();
  }
}

const standing = { requestAnimationFrame: globalThis.requestAnimationFrame, cancelAnimationFrame: globalThis.cancelAnimationFrame };
afterEach(() => void Object.assign(globalThis, standing));

function paced(): { readonly frames: Frames; readonly told: number[]; readonly drags: Paced<[number]> } {
  const frames = new Frames();
  Object.assign(globalThis, { requestAnimationFrame: frames.request, cancelAnimationFrame: frames.cancel });
  const told: number[] = [];
  return { frames, told, drags: new Paced((value: number) => void told.push(value)) };
}

test("of what comes within a frame the last counts, once", () => {
  const { frames, told, drags } = paced();
  for (const value of [1, 2, 3]) drags.call(value);
  expect(told).toEqual([]);
  frames.next();
  frames.next();
  expect(told).toEqual([3]);
  drags.call(4);
  frames.next();
  expect(told).toEqual([3, 4]);
});

test("what waits is done at once where that is asked for, and not again with the next frame", () => {
  const { frames, told, drags } = paced();
  drags.call(1);
  drags.flush();
  drags.flush();
  frames.next();
  expect(told).toEqual([1]);
});

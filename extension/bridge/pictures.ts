// Pictures that a canvas is asked to draw.
//
// 1. Every request settles: by its answer, or on disposal.
// 2. What a canvas was asked while it was hidden, or lost on the way to it, it is asked again when it has loaded.
import type { CommandParams, NotificationParams } from "../../webview/protocol/messages.js";
import type { Size } from "../../runtime/model/card-size.js";
import type { Disposable } from "../dispose.js";

interface Waiting {
  readonly wanted: NotificationParams<"picture/wanted">;
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** Asks one canvas. */
export class Pictures implements Disposable {
  readonly #post: (wanted: NotificationParams<"picture/wanted">) => void;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  constructor(post: (wanted: NotificationParams<"picture/wanted">) => void) {
    this.#post = post;
  }

  /** An SVG as a PNG of so many pixels. Rejects where the canvas cannot draw it, or is closed. */
  draw(svg: string, { width, height }: Size, live: boolean): Promise<Uint8Array> {
    const wanted = { picture: this.#next, svg, width, height };
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(wanted.picture, { wanted, resolve, reject });
      if (live) this.#post(wanted);
    });
  }

  /** The canvas has loaded, and knows nothing of what it was asked (2). */
  loaded(): void {
    for (const { wanted } of this.#waiting.values()) this.#post(wanted);
  }

  drawn(answer: CommandParams<"picture/drawn">): void {
    const waiting = this.#waiting.get(answer.picture);
    this.#waiting.delete(answer.picture);
    if (answer.ok) waiting?.resolve(answer.png);
    else waiting?.reject(new Error(answer.message));
  }

  dispose(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error("The canvas was closed.")); // 1
    this.#waiting.clear();
  }
}

import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter, type Event } from "../emitter.js";
import type { LiveEvent, TraceEvent } from "../../runtime/trace/event.js";
import type { ToldText, ToldView } from "../../webview/protocol/told.js";
import { ToldTexts } from "./told-texts.js";

/** A graph whose run is listened to; a `GraphSession` fits. */
export interface ToldBy {
  readonly run: { readonly id: string; readonly trace: readonly TraceEvent[] } | undefined;
  readonly onTrace: Event<LiveEvent>;
  readonly onDidChangeRun: Event<void>;
}

/** A node, and how much was told of what it says. */
interface Heard {
  readonly node: string;
  readonly speech: number;
  readonly length: number;
}

/** What tasks say, for one canvas: what is new since it was told last, and all of the node that somebody listens to. */
export class ToldFeed implements Disposable {
  readonly #by: ToldBy;
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter());
  readonly #texts = new ToldTexts();
  readonly #news = new Set<string>();
  #run: string | undefined;
  /** Who is listened to, and how much of it was told. */
  #heard: Heard | undefined;

  /** Something was said. */
  readonly onDidChange = this.#changed.event;

  constructor(by: ToldBy) {
    this.#by = by;
    this.#run = by.run?.id;
    this.#held.add(by.onTrace((event) => this.#happened(event)));
    this.#held.add(by.onDidChangeRun(() => this.#follow()));
  }

  /** What is new; it counts as told. */
  take(): ToldView {
    const tails = Object.fromEntries([...this.#news].map((node) => [node, this.#texts.tail(node)]));
    const added = this.#heard !== undefined && this.#news.has(this.#heard.node) ? this.#added(this.#heard) : undefined;
    this.#news.clear();
    return { tails, ...(added === undefined ? {} : { added }) };
  }

  /** What the last task of a node has said, also in an earlier life of the window; from now on what it adds is told, and of no other node. */
  listen(node: string): ToldText | null {
    const text = this.#texts.of(node) ?? this.#stored(node) ?? null;
    this.#heard = { node, speech: this.#texts.of(node)?.speech ?? 0, length: text?.length ?? 0 };
    return text;
  }

  dispose(): void {
    this.#held.dispose();
  }

  #added(heard: Heard): ToldView["added"] {
    const added = this.#texts.after(heard.node, heard.speech, heard.length);
    if (added === undefined) return undefined;
    this.#heard = { node: heard.node, speech: added.speech, length: added.at + added.text.length };
    return { node: heard.node, ...added };
  }

  #happened(event: LiveEvent): void {
    const node = this.#texts.add(event);
    if (node === undefined) return;
    this.#news.add(node);
    this.#changed.fire();
  }

  #follow(): void {
    const run = this.#by.run?.id;
    if (run === this.#run) return;
    this.#run = run;
    this.#texts.clear();
    this.#news.clear();
  }

  /** From the newest events of the run. */
  #stored(node: string): ToldText | undefined {
    const texts = new ToldTexts();
    for (const event of this.#by.run?.trace ?? []) if ("node" in event && event.node === node) texts.add(event);
    const text = texts.of(node);
    return text === undefined ? undefined : { ...text, speech: 0 };
  }
}

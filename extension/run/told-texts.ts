// What tasks say while they are at work, by node.
//
// 1. What is held is bounded: of each node the last that its newest task has said.
// 2. Where several tasks of a node speak at once, the one that began is followed until it has ended: their words are not mixed.
import type { LiveEvent } from "../../runtime/trace/event.js";
import type { ToldText } from "../../webview/protocol/told.js";

/** So many characters are held of a node. */
export const MOST_TOLD = 64 * 1024;
const TAIL = 160;

/** What a task has said so far. */
class Speech {
  readonly task: string;
  /** Tells it from others, also of the same task. */
  readonly number: number;
  #parts: string[] = [];
  #held = 0;
  #length = 0;
  /** It has ended, or begins anew. */
  isOver = false;
  /** Another task of the node is at work, and has said nothing yet. */
  isPast = false;

  constructor(task: string, number: number) {
    this.task = task;
    this.number = number;
  }

  /** Characters in all, those that are not held any more included. */
  get length(): number {
    return this.#length;
  }

  add(text: string): void {
    this.#parts.push(text);
    this.#held += text.length;
    this.#length += text.length;
    if (this.#held > 2 * MOST_TOLD) this.#join(); // invariant 1
  }

  /** What came after so many characters, as far as it is held. */
  from(at: number): string {
    const text = this.#join();
    return text.slice(Math.max(0, text.length - (this.#length - at)));
  }

  get text(): string {
    return this.#join();
  }

  get tail(): string {
    if (this.isPast) return "";
    let tail = "";
    for (let place = this.#parts.length - 1; place >= 0 && tail.length < TAIL; place -= 1) tail = (this.#parts[place] ?? "") + tail;
    return tail.slice(-TAIL);
  }

  #join(): string {
    const text = this.#parts.join("").slice(-MOST_TOLD);
    this.#parts = [text];
    this.#held = text.length;
    return text;
  }
}

/** What the nodes of one run have said. */
export class ToldTexts {
  readonly #speeches = new Map<string, Speech>();
  #last = 0;

  /** Takes an event; the node whose words are others by it, if they are. */
  add(event: LiveEvent): string | undefined {
    switch (event.type) {
      case "token":
        return this.#say(event.node, event.task, event.value);
      case "task-started":
        return this.#begin(event.node);
      case "task-retried": // what the attempt has said is void
      case "task-finished":
      case "task-failed":
        this.#end(event.node, event.task);
        return undefined;
      default:
        return undefined;
    }
  }

  tail(node: string): string {
    return this.#speeches.get(node)?.tail ?? "";
  }

  /** What was said by a node after so many characters, of the speech of that number; of another one all that is held. */
  after(node: string, number: number, at: number): { readonly speech: number; readonly at: number; readonly text: string } | undefined {
    const speech = this.#speeches.get(node);
    if (speech === undefined) return undefined;
    const text = speech.from(speech.number === number ? at : 0);
    return { speech: speech.number, at: speech.length - text.length, text };
  }

  of(node: string): ToldText | undefined {
    const speech = this.#speeches.get(node);
    return speech === undefined ? undefined : { speech: speech.number, text: speech.text, length: speech.length };
  }

  clear(): void {
    this.#speeches.clear();
  }

  /** Invariant 2. */
  #say(node: string, task: string, value: unknown): string | undefined {
    const known = this.#speeches.get(node);
    if (known !== undefined && known.task !== task && !known.isOver) return undefined;
    const speech = known === undefined || known.isOver ? new Speech(task, (this.#last += 1)) : known;
    this.#speeches.set(node, speech);
    speech.add(typeof value === "string" ? value : `${JSON.stringify(value)}\n`);
    return node;
  }

  #begin(node: string): string | undefined {
    const speech = this.#speeches.get(node);
    if (speech?.isOver !== true || speech.isPast) return undefined;
    speech.isPast = true;
    return node;
  }

  #end(node: string, task: string): void {
    const speech = this.#speeches.get(node);
    if (speech?.task === task) speech.isOver = true;
  }
}

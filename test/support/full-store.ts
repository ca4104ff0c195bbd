import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../runtime/errors.js";

/**
 * A store whose disk has no room for its nth write, nor for the attempts after it that are told. As the contract has it, what may be saved
 * later is held back then, and written by whatever is written next.
 */
export class FullStore extends MemoryStore {
  #writes = 0;
  readonly #nth: number;
  readonly #attempts: number;
  readonly #held: Parameters<CheckpointStore["save"]>[] = [];

  constructor(nth: number, attempts: number) {
    super();
    this.#nth = nth;
    this.#attempts = attempts;
  }

  /** Whether there were so many writes. */
  get wasFull(): boolean {
    return this.#writes >= this.#nth;
  }

  override save(...given: Parameters<CheckpointStore["save"]>): number {
    this.#held.push(given);
    if (given[3] === true) return 256;
    try {
      this.flush();
    } catch (thrown) {
      this.#held.pop();
      throw thrown;
    }
    return 256;
  }

  override flush(): void {
    if (this.#held.length === 0) return;
    this.#write();
    for (const [checkpoint, trace] of this.#held) super.save(checkpoint, trace);
    this.#held.length = 0;
  }

  override createRun(...given: Parameters<MemoryStore["createRun"]>): void {
    this.flush();
    this.#write();
    super.createRun(...given);
  }

  override saveResult(...given: Parameters<MemoryStore["saveResult"]>): void {
    this.flush();
    this.#write();
    super.saveResult(...given);
  }

  override moveHead(...given: Parameters<MemoryStore["moveHead"]>): void {
    this.flush();
    this.#write();
    super.moveHead(...given);
  }

  override appendTrace(...given: Parameters<MemoryStore["appendTrace"]>): void {
    this.flush();
    this.#write();
    super.appendTrace(...given);
  }

  override saveDocument(...given: Parameters<MemoryStore["saveDocument"]>): void {
    this.flush();
    this.#write();
    super.saveDocument(...given);
  }

  override saveCached(...given: Parameters<MemoryStore["saveCached"]>): void {
    this.flush();
    this.#write();
    super.saveCached(...given);
  }

  // Reading writes what is held first, where that can be done.

  override run(...given: Parameters<MemoryStore["run"]>) {
    this.#tryFlush();
    return super.run(...given);
  }

  override load(...given: Parameters<MemoryStore["load"]>) {
    this.#tryFlush();
    return super.load(...given);
  }

  override list(...given: Parameters<MemoryStore["list"]>) {
    this.#tryFlush();
    return super.list(...given);
  }

  override trace(...given: Parameters<MemoryStore["trace"]>) {
    this.#tryFlush();
    return super.trace(...given);
  }

  override lastSeq(...given: Parameters<MemoryStore["lastSeq"]>) {
    this.#tryFlush();
    return super.lastSeq(...given);
  }

  #tryFlush(): void {
    try {
      this.flush();
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
    }
  }

  #write(): void {
    this.#writes += 1;
    if (this.#writes >= this.#nth && this.#writes <= this.#nth + this.#attempts) throw new PatchbayError("STORE", "The disk is full.");
  }
}

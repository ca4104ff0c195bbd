/**
 * Gathers what is posted in one turn of the event loop and posts it together: each message on its own would be drawn before the next
 * one is looked at, and an answer with the change behind it would be drawn twice.
 */
export class Outbox<Message> {
  readonly #post: (messages: readonly Message[]) => void;
  #messages: Message[] = [];

  constructor(post: (messages: readonly Message[]) => void) {
    this.#post = post;
  }

  /** Posts a message at the end of this turn, behind those that wait. */
  post(message: Message): void {
    if (this.#messages.push(message) === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    const messages = this.#messages;
    this.#messages = [];
    this.#post(messages);
  }
}

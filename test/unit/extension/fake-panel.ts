import type { BridgePanel } from "../../../extension/bridge/bridge.js";
import { Emitter } from "../../../extension/emitter.js";
import type { ToWebview } from "../../../webview/protocol/messages.js";

/** A webview that keeps what is posted to it. */
export class FakePanel implements BridgePanel {
  readonly posted: ToWebview[] = [];
  readonly #messages = new Emitter<unknown>();
  readonly onMessage = this.#messages.event;

  post(message: ToWebview): void {
    this.posted.push(message);
  }

  /** The webview sends a message. */
  send(message: unknown): void {
    this.#messages.fire(message);
  }

  /** What has been posted since the last call: a notification by its name, an answer by its id and outcome. */
  take(): readonly string[] {
    return this.posted
      .splice(0)
      .map((message) => (message.kind === "notification" ? message.name : `${message.id} ${message.error?.code ?? "ok"}`));
  }
}

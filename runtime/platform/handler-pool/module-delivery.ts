import type { SentModule } from "../handler-process/messages.js";
import type { ModuleSnapshot } from "../modules/module-snapshot.js";
import type { ProcessLink } from "./process-link.js";

/** Brings the modules of handlers to a process: each version of each module once. */
export class ModuleDelivery {
  readonly #link: ProcessLink;
  readonly #whole = new WeakSet<ModuleSnapshot>();
  readonly #sent = new Set<string>();

  constructor(link: ProcessLink) {
    this.#link = link;
  }

  /** Sends what the process lacks to run a module in this version. */
  deliver(snapshot: ModuleSnapshot): void {
    if (this.#whole.has(snapshot)) return;
    this.#whole.add(snapshot);
    let bytes = 0;
    const modules = snapshot.modules.map(({ url, version, text }): SentModule => {
      const name = `${version} ${url}`;
      if (this.#sent.has(name)) return { url, version };
      this.#sent.add(name);
      bytes += text.length;
      return { url, version, text };
    });
    this.#link.send({ type: "modules", modules }, bytes);
  }
}

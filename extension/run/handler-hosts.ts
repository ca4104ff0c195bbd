import { createHandlerHost, type HandlerHostOptions, type HandlerProcesses } from "../../runtime/platform/handler-host.js";
import type { Disposable } from "../dispose.js";

type Output = NonNullable<HandlerHostOptions["onOutput"]>;

/** What the user sets for handler processes. */
export type HandlerSettings = Pick<HandlerHostOptions, "processes" | "memoryBytes">;

/** The processes that run user code: one host for each folder that handlers stay in, started when first needed. */
export class HandlerHosts implements Disposable {
  readonly #entry: string;
  readonly #onOutput: Output;
  readonly #settings: () => HandlerSettings;
  readonly #hosts = new Map<string, HandlerProcesses>();

  /** `entry` is the path of the handler process's script; `onOutput` is given what the processes print; `settings` are asked for when a host is made. */
  constructor(entry: string, onOutput: Output, settings: () => HandlerSettings) {
    this.#entry = entry;
    this.#onOutput = onOutput;
    this.#settings = settings;
  }

  of(workspace: string): HandlerProcesses {
    const known = this.#hosts.get(workspace);
    if (known !== undefined) return known;
    const host = createHandlerHost({ entry: this.#entry, workspace, onOutput: this.#onOutput, ...this.#settings() });
    this.#hosts.set(workspace, host);
    return host;
  }

  /** Resolves when every process has ended. */
  async dispose(): Promise<void> {
    const hosts = [...this.#hosts.values()];
    this.#hosts.clear();
    await Promise.all(hosts.map((host) => host.dispose()));
  }
}

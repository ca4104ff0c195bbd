import type { Secrets } from "../../runtime/ports.js";
import type { Disposable } from "../dispose.js";
import { Emitter, type Event } from "../emitter.js";

/** What is used of VS Code's secret storage. */
interface SecretStorage {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
  readonly onDidChange: Event<{ readonly key: string }>;
}

const KEY = "secret:";

/** Secrets in VS Code's own storage, and where there is none of a name, in the environment. */
export class EditorSecrets implements Secrets, Disposable {
  readonly #storage: SecretStorage;
  readonly #changed = new Emitter<string>();
  readonly #listening: Disposable;

  /** A secret of this name has another value, in this window or in another. */
  readonly onDidChange = this.#changed.event;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
    this.#listening = storage.onDidChange(({ key }) => key.startsWith(KEY) && this.#changed.fire(key.slice(KEY.length)));
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async get(name: string): Promise<string | undefined> {
    return (await this.#storage.get(KEY + name)) ?? process.env[name];
  }

  /** Keeps a secret; an empty one is forgotten. */
  async set(name: string, value: string): Promise<void> {
    if (value === "") await this.#storage.delete(KEY + name);
    else await this.#storage.store(KEY + name, value);
  }
}

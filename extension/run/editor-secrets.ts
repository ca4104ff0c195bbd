import type { Secrets } from "../../runtime/ports.js";

/** What is used of VS Code's secret storage. */
interface SecretStorage {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

const KEY = "secret:";

/** Secrets in VS Code's own storage, and where there is none of a name, in the environment. */
export class EditorSecrets implements Secrets {
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
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

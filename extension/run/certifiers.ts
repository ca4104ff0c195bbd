import { Certifier } from "../../runtime/certify/certificate.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { storedPlans } from "../../runtime/compile/stored-plans.js";

/** One certifier for each store, as it keeps what it has read; the graphs of a folder share it. */
export class Certifiers {
  readonly #made = new WeakMap<CheckpointStore, Certifier>();

  of(store: CheckpointStore): Certifier {
    const certifier = this.#made.get(store) ?? new Certifier(store, storedPlans(store));
    this.#made.set(store, certifier);
    return certifier;
  }
}

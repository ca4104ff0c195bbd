import { Emitter } from "../../../extension/emitter.js";
import type { GraphSource } from "../../../extension/run/graph-source.js";
import type { SessionServices } from "../../../extension/run/graph-session.js";
import { LiveNodes } from "../../../extension/run/live-nodes.js";
import {
  Certifier,
  CompileQueue,
  createHttpClient,
  environmentSecrets,
  inProcessHandlers,
  MemoryStore,
  parseDocument,
  storedPlans,
  type ParsedDocument,
} from "../../../runtime/index.js";
import { ManualFiles } from "../../support/manual-files.js";
import type { ManualClock } from "../../support/manual-clock.js";
import { logs } from "../run/harness.js";

/** A document without an editor. */
export class FakeSource implements GraphSource {
  readonly key: string;
  readonly name: string;
  readonly #changed = new Emitter();
  readonly onDidChange = this.#changed.event;
  directory: string | undefined = "/graphs";
  parsed: ParsedDocument;

  constructor(text: string, name = "test.patchbay.json") {
    this.key = `file:///graphs/${name}`;
    this.name = name;
    this.parsed = parseDocument(text);
  }

  edit(text: string): void {
    this.parsed = parseDocument(text, this.parsed);
    this.#changed.fire();
  }
}

/** What a window remembers, as VS Code keeps it. */
export function forgetful() {
  const kept = new Map<string, unknown>();
  return { get: (key: string) => kept.get(key), update: async (key: string, value: unknown) => void kept.set(key, structuredClone(value)) };
}

let lastId = 0;

/** What a session of a graph in `/graphs` needs, with one store. */
export function sessionServices(clock: ManualClock, store: MemoryStore): SessionServices {
  return {
    queue: new CompileQueue(clock, { mode: "inline" }),
    clock,
    random: { next: () => 0.5 },
    ids: { next: () => `id${String((lastId += 1)).padStart(6, "0")}` },
    actor: "tester",
    replay: () => "recorded",
    liveNodes: new LiveNodes(forgetful()),
    trusted: () => true,
    namedStore: () => new MemoryStore(),
    store: () => store,
    existingStore: () => store,
    certifier: (certified) => new Certifier(certified, storedPlans(certified)),
    http: createHttpClient(environmentSecrets, clock),
    pastCompiles: () => [],
    handlers: () => inProcessHandlers(logs("a", "b")),
    resolve: (_directory, path) => path.replace(/^\.\/(.*)\.ts$/, "$1"),
    files: () => new ManualFiles(),
    filesSettled: () => undefined,
    graphs: () => ({ load: (path) => ({ ok: false, error: { code: "GRAPH_MISSING", message: path } }) }),
  };
}

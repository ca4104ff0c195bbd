import { basename, resolve } from "node:path";
import type { CheckpointStore } from "../checkpoint/store.js";
import { storedPlans } from "../compile/stored-plans.js";
import { fileMigrations, migrationsFolder } from "../platform/file-migrations.js";
import { createHttpClient } from "../platform/http/client.js";
import { environmentSecrets } from "../platform/http/environment-secrets.js";
import { ScratchFile } from "../platform/scratch-file.js";
import { systemClock } from "../platform/system-clock.js";
import { systemRandom } from "../platform/system-random.js";
import { ulidIds } from "../platform/ulid-ids.js";
import type { HandlerHost } from "../ports.js";
import type { RunServices } from "../run/run-services.js";
import { graphName } from "../types/types-path.js";
import type { GraphFile } from "./graph-file.js";

/** What a run of the command line works with. */
export function runServices(graph: GraphFile, store: CheckpointStore, handlers: HandlerHost): RunServices {
  return {
    store,
    handlers,
    http: createHttpClient(environmentSecrets, systemClock),
    clock: systemClock,
    random: systemRandom,
    ids: ulidIds(systemClock),
    scratch: () => new ScratchFile(),
    resolve: (path) => resolve(graph.folder, path),
    plans: storedPlans(store),
    migrations: fileMigrations(migrationsFolder(graph.folder, graphName(basename(graph.path)))),
    graphs: graph.graphs.of(graph.folder),
  };
}

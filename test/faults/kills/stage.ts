import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../unit/platform/bundle.js";
import { EffectsServer } from "./effects-server.js";
import type { Stage } from "./play.js";

/** Prepares what scenarios are played with; `close` takes it away again. */
export async function openStage(): Promise<Stage & { close(): Promise<void> }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "patchbay-kills-")));
  const program = await bundle("test/faults/kills/killed-process.ts", join(folder, "program.mjs"));
  const handlerProcess = await bundle("runtime/platform/handler-process/main.ts", join(folder, "handler-process.mjs"));
  const server = await EffectsServer.start();
  return {
    folder,
    program,
    handlerProcess,
    server,
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

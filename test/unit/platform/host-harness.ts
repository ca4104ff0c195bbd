import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createHandlerHost, type HandlerHostOptions, type HandlerProcesses } from "../../../runtime/platform/handler-host.js";
import { bundle } from "./bundle.js";

const fixtures = join(import.meta.dirname, "..", "..", "fixtures", "handlers");

/** A temporary workspace with the fixtures in it, the bundled handler process, and the hosts of a test file. */
export class HostHarness {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "patchbay-host-")));
  readonly workspace = join(this.root, "work space");
  readonly #hosts: HandlerProcesses[] = [];
  entry = "";

  async prepare(): Promise<void> {
    cpSync(fixtures, this.workspace, { recursive: true });
    this.entry = await bundle("runtime/platform/handler-process/main.ts", join(this.root, "handler-process.mjs"));
  }

  host(options: Partial<HandlerHostOptions> = {}): HandlerProcesses {
    const host = createHandlerHost({ entry: this.entry, workspace: this.workspace, ...options });
    this.#hosts.push(host);
    return host;
  }

  path(file: string): string {
    return join(this.workspace, file);
  }

  write(file: string, source: string): string {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), source);
    return this.path(file);
  }

  async clean(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.dispose()));
    rmSync(this.root, { recursive: true, force: true });
  }
}

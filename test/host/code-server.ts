import { createServer } from "node:net";
import { join } from "node:path";
import { projectNode } from "../../scripts/layout.mjs";
import { installedCodeServer } from "./code-server-install.js";
import { installExtension } from "./installed-extensions.js";
import { startTree } from "./process-tree.js";
import type { Profile } from "./profile.js";

/** VS Code as a server: the same workbench and extension host, seen in a browser. */
export interface CodeServer {
  /** Address of the workbench on a folder (default: the profile's workspace), or on the file of a workspace of several. */
  address(path?: string, kind?: "folder" | "workspace"): string;
  /** What it has printed, for reports. */
  readonly output: string;
  /** Settles when it has ended by itself. */
  readonly end: Promise<unknown>;
  stop(): Promise<void>;
  /** Ends it at once: asked politely it often takes all the seconds that it is given. */
  kill(): Promise<void>;
}

export interface CodeServerOptions {
  /** Extensions to install first, as VSIX files. */
  readonly vsix: readonly string[];
  /** Leave workspace trust on, as for users; off by default. */
  readonly trust?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** Default: a free one. */
  readonly port?: number;
}

const UP_WITHIN_MS = 60_000;

/** Installs what is missing, starts the server on a free port of the loopback interface, and waits until it answers. */
export async function startCodeServer(
  profile: Pick<Profile, "userData" | "extensions" | "workspace">,
  options: CodeServerOptions,
): Promise<CodeServer> {
  const entry = await installedCodeServer();
  const folders = [
    `--config=${join(profile.userData, "code-server.yaml")}`,
    `--user-data-dir=${profile.userData}`,
    `--extensions-dir=${profile.extensions}`,
  ];
  for (const vsix of options.vsix) await installExtension(folders, vsix);
  const port = options.port ?? (await freePort());
  const trust = options.trust === true ? [] : ["--disable-workspace-trust"];
  const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check"];
  const tree = startTree(projectNode, [entry, ...folders, ...quiet, ...trust, "--bind-addr", `127.0.0.1:${port}`], {
    cwd: profile.userData,
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  const origin = `http://127.0.0.1:${port}`;
  try {
    await untilUp(`${origin}/healthz`, () => tree.exited);
  } catch (error) {
    await tree.stop();
    throw new Error(`code-server did not start:\n${tree.output}`, { cause: error });
  }
  return {
    address: (path = profile.workspace, kind = "folder") => `${origin}/?${kind}=${encodeURIComponent(path)}`,
    get output() {
      return tree.output;
    },
    end: tree.end,
    stop: () => tree.stop(),
    kill: async () => {
      tree.kill();
      await tree.end;
    },
  };
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function untilUp(url: string, hasExited: () => boolean): Promise<void> {
  const end = Date.now() + UP_WITHIN_MS;
  for (;;) {
    const up = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    if (hasExited()) throw new Error("it ended");
    if (Date.now() > end) throw new Error(`no answer within ${UP_WITHIN_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

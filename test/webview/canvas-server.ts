import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type { CanvasFiles } from "./canvas-files.js";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
};

/** What answers a path that is no file. */
export type Answer = (path: string) => Promise<string | undefined>;

/** Serves the files of a canvas to browsers of this machine, under the content policy that the editor sets, and stricter: no inline styles either. */
export class CanvasServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** `files` is asked for each file that a page wants. */
  static start(files: () => Promise<CanvasFiles>, answer: Answer = () => Promise.resolve(undefined)): Promise<CanvasServer> {
    const server = createServer((request, response) => {
      const path = (request.url ?? "/").replace(/\?.*$/, "").slice(1); // the address of the icons' font has a version behind it
      void respond(response, path, files, answer, `http://${request.headers.host ?? ""}`);
    });
    return new Promise((resolve, reject) => {
      server.on("error", reject);
      server.listen(0, "127.0.0.1", () => resolve(new CanvasServer(server)));
    });
  }

  /** Where its files are. */
  get origin(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve, reject) => {
      this.#server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  }
}

async function respond(
  response: ServerResponse,
  path: string,
  files: () => Promise<CanvasFiles>,
  answer: Answer,
  origin: string,
): Promise<void> {
  try {
    const said = await answer(path);
    if (said !== undefined) return void response.end(said);
    const file = (await files()).get(path);
    if (file === undefined) return void response.writeHead(404).end();
    const policy = `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; img-src data:`;
    response.writeHead(200, {
      "Content-Type": types[extname(path)] ?? "",
      "Content-Security-Policy": policy,
      "Cache-Control": "no-store",
    });
    response.end(file);
  } catch (error) {
    response.writeHead(500).end(error instanceof Error ? error.message : String(error));
  }
}

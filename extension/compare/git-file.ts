// A file as git knows it. VS Code's own extension says where git and the repository are, and has the addresses of texts that were; what the
// history of a file is it tells nobody, so git is asked.
import { execFile } from "node:child_process";
import { relative, sep } from "node:path";
import * as vscode from "vscode";

/** What is needed of the API that VS Code's git extension has for others. */
interface GitApi {
  readonly git: { readonly path: string };
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<unknown>;
  getRepository(uri: vscode.Uri): GitRepository | null;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly HEAD: { readonly commit?: string } | undefined };
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** What git prints at most, in bytes. */
const MOST = 16 * 2 ** 20;

/** A file in a repository, or why there is none. */
export type FoundGitFile = GitFile | { readonly why: string };

/** Finds the repository of a file, once VS Code has looked for those of the workspace. */
export async function gitFileOf(uri: vscode.Uri): Promise<FoundGitFile> {
  if (uri.scheme !== "file") return { why: vscode.l10n.t("The graph is in no local file.") };
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  if (extension === undefined) return { why: vscode.l10n.t("VS Code's Git extension is off.") };
  const api = apiOf(await extension.activate());
  if (api === undefined) return { why: vscode.l10n.t("Git is not installed, or off in VS Code.") };
  await initialised(api);
  const repository = api.getRepository(uri);
  return repository === null ? { why: vscode.l10n.t("The file is in no Git repository.") } : new GitFile(api, repository, uri);
}

/** A file in a repository. */
export class GitFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly #api: GitApi;
  readonly #repository: GitRepository;

  constructor(api: GitApi, repository: GitRepository, uri: vscode.Uri) {
    this.#api = api;
    this.#repository = repository;
    this.path = relative(repository.rootUri.fsPath, uri.fsPath).split(sep).join("/");
  }

  /** The repository has a commit. */
  get hasCommits(): boolean {
    return this.#repository.state.HEAD?.commit !== undefined;
  }

  /** The address of what the file was. */
  at(ref: string, path = this.path): vscode.Uri {
    return this.#api.toGitUri(vscode.Uri.joinPath(this.#repository.rootUri, path), ref);
  }

  /** Runs git in the repository; rejects when it fails. */
  run(argv: readonly string[], input = ""): Promise<string> {
    const cwd = this.#repository.rootUri.fsPath;
    return new Promise((resolve, reject) => {
      const child = execFile(this.#api.git.path, argv, { cwd, maxBuffer: MOST }, (error, stdout) =>
        error === null ? resolve(stdout) : reject(error),
      );
      child.stdin?.on("error", () => {}); // it ended without reading: its status says so
      child.stdin?.end(input);
    });
  }
}

/** Without git the extension has an API to ask for, and throws. */
function apiOf(extension: GitExtension): GitApi | undefined {
  try {
    return extension.enabled ? extension.getAPI(1) : undefined;
  } catch {
    return undefined;
  }
}

/** VS Code looks for repositories when a window opens. */
async function initialised(api: GitApi): Promise<void> {
  if (api.state === "initialized") return;
  await new Promise<void>((resolve) => {
    const listening = api.onDidChangeState(() => {
      if (api.state !== "initialized") return;
      listening.dispose();
      resolve();
    });
  });
}

import * as vscode from "vscode";
import { nextSteps, toErrorInfo, type ErrorCode, type ErrorInfo } from "../runtime/errors.js";

/** Refusals that are nobody's fault: told more quietly. */
const QUIET: ReadonlySet<ErrorCode> = new Set(["RUN_BUSY", "UNTRUSTED", "NO_QUESTION", "RUN_FINISHED", "DECISION_INVALID"]);

/** Tells people what went wrong and what they can do next: once, at the edge. */
export class ErrorReporter {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** Writes to the log alone. */
  log(message: string, thrown?: unknown): void {
    if (thrown === undefined) this.#log.warn(message);
    else {
      const { message: reason, stack } = toErrorInfo(thrown, "STORE");
      this.#log.error(message, stack ?? reason);
    }
  }

  /** Shows what somebody should know of although nothing has failed. */
  warn(message: string): void {
    this.#log.warn(message);
    const showLog = vscode.l10n.t("Show Log");
    void vscode.window.showWarningMessage(message, showLog).then((answer) => answer === showLog && this.#log.show());
  }

  /** Shows anything that was thrown; `fallback` is the code of what has none. */
  thrown(thrown: unknown, fallback: ErrorCode): void {
    const info = toErrorInfo(thrown, fallback);
    this.show(info);
    if (thrown instanceof Error && thrown.cause !== undefined) this.log(`${info.code} was caused by`, thrown.cause);
  }

  /** Shows an error with its code and its next step. */
  show({ code, message, stack }: ErrorInfo): void {
    this.#log.error(`${code} ${message}${stack === undefined ? "" : `\n${stack}`}`);
    const text = `${message} ${nextSteps[code]} (${code})`;
    void this.#offer(code, text);
  }

  async #offer(code: ErrorCode, text: string): Promise<void> {
    const [action, act] = this.#wayOn(code);
    const show = QUIET.has(code) ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
    if ((await show(text, action)) === action) await act();
  }

  /** What is offered beside an error: its title, and what it does. */
  #wayOn(code: ErrorCode): readonly [title: string, act: () => unknown] {
    const give = (command: string) => (): unknown => vscode.commands.executeCommand(command);
    if (code === "UNTRUSTED") return [vscode.l10n.t("Manage Workspace Trust"), give("workbench.trust.manage")];
    if (code === "NOT_RESUMABLE" || code === "NEEDS_MIGRATION") return [vscode.l10n.t("Show Why"), give("patchbay.showWhy")];
    return [vscode.l10n.t("Show Log"), () => this.#log.show()];
  }
}

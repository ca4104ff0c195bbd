import type { Page } from "playwright-core";

/** What the workbench itself complains of on a closed network or without native modules: galleries, telemetry, terminals, sign-in. */
const NOISE = [
  /^Failed to load resource/,
  /net::ERR_/,
  /gallery|marketplace|open-vsx|vscode-unpkg|vscode-cdn|telemetry/i,
  /\[lifecycle\] Long running operations during shutdown/,
  /IndexedDB database '[\w-]+' is closed/, // its own log, which it goes on writing while a window closes
  /Extension `vscode\.[\w-]+` is already registered|Activating extension 'vscode\.[\w-]+' failed/, // its own, when trust is granted
  /Timed out waiting for authentication provider/,
  /Could not locate the bindings file|Cannot find module '\.\/build\/Release|node-pty|native-watchdog|spdlog|keytar/,
];

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

/** Collects the errors that the page and its frames print from now on, noise apart. */
export function collectErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  const keep = (text: string): void => {
    if (!NOISE.some((pattern) => pattern.test(firstLine(text)))) errors.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") keep(message.text());
  });
  page.on("pageerror", (error) => keep(error.stack ?? error.message));
  return errors;
}

import { spawn } from "node:child_process";

/** Minutes, not a bound on speed: only to end what hangs. A program tells of each thing that it begins. */
export const SILENT_FOR_MS = 60_000;

/** A line of JSON. */
export type Line = Readonly<Record<string, unknown>>;

/** What a program prints until it ends, or is silent for too long. */
export function linesOf(program: string, given: readonly string[]): Promise<readonly Line[]> {
  const child = spawn(process.execPath, [program, ...given], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  const kill = (): void => void child.kill("SIGKILL");
  let silence = setTimeout(kill, SILENT_FOR_MS);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    clearTimeout(silence);
    silence = setTimeout(kill, SILENT_FOR_MS);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(silence);
      const whole = output.split("\n").slice(0, -1);
      resolve(whole.map((line) => JSON.parse(line) as Line));
    });
  });
}

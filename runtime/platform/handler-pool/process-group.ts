import { spawn } from "node:child_process";

/** Ends a process that leads a group, and all that it started and that did not leave the group. Gone already is fine. */
export function endProcessGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true }).on("error", () => {});
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // nothing of it is left
  }
}

import { execFileSync } from "node:child_process";
import type { Profile } from "../host/profile.js";

/** Process ids and command lines of the handler processes that the extension of a profile has running. */
export function handlerProcesses({ extensions }: Profile): readonly string[] {
  const all = execFileSync("ps", ["-axww", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
  return all.filter((line) => line.includes(extensions) && line.includes("handler-process.mjs"));
}

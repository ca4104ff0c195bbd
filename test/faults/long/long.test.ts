import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bundle } from "../../unit/platform/bundle.js";

// A tenth of what `npm run long` does, in a process of its own: what it holds is its own, too.
it("a long run and many runs hold no more memory in the end, and everything is there", { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "patchbay-long-test-"));
  try {
    const program = await bundle("test/faults/long/long-process.ts", join(folder, "long.mjs"));
    const { status, stdout } = spawnSync(process.execPath, [program, "--supersteps", "10000", "--runs", "600"], { encoding: "utf8" });
    expect(stdout).not.toContain("wrong:");
    expect(stdout).toMatch(/^10000 supersteps: .*\n600 runs: /);
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

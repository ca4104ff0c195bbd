import { defineConfig } from "vitest/config";

/** Minutes, not a bound on speed: only to end what hangs. */
const HANGS_AFTER_MS = 120_000;
/** The same for what is waited for: on a busy machine a second, which is usual, is not much. */
const COMES_WITHIN_MS = 20_000;

const suite = (name: string, folders: string) => ({
  test: {
    name,
    include: [`test/${folders}/**/*.test.{ts,tsx}`],
    testTimeout: HANGS_AFTER_MS,
    hookTimeout: HANGS_AFTER_MS,
    expect: { poll: { timeout: COMES_WITHIN_MS } },
    maxWorkers: "100%",
  },
});

/**
 * The suite without an editor. Its workers go from file to file with what they have loaded and compiled: no module keeps
 * anything that a test could find changed.
 */
const inWorkers = (name: string, folders: string) => {
  const { test } = suite(name, folders);
  return { test: { ...test, isolate: false, globalSetup: "test/webview/shared-stage.ts" } };
};

/** A suite that drives a real VS Code: one file at a time. */
const inVsCode = (name: string) => {
  const { test } = suite(name, name);
  return { test: { ...test, fileParallelism: false, hookTimeout: 5 * HANGS_AFTER_MS } };
};

/** Tests that others wrote for what we do too. They are installed when first asked for, and name what a test runner has as globals. */
const ofPeers = () => {
  const { test } = suite("peers", "peers");
  return { test: { ...test, globals: true, globalSetup: "test/peers/install.ts" } };
};

export default defineConfig({
  test: {
    projects: [
      inWorkers("unit", "{unit,property,golden,conformance,certify,adapter,webview,faults}"),
      suite("build", "build"),
      ofPeers(),
      inVsCode("host"),
      inVsCode("e2e"),
      inVsCode("pictures"),
    ],
  },
});

import { expect, test } from "vitest";
import { Emitter } from "../../../extension/emitter.js";
import { EditorSecrets } from "../../../extension/run/editor-secrets.js";

test("secrets of the editor come before those of the environment, and can be forgotten", async () => {
  const kept = new Map<string, string>();
  const changed = new Emitter<{ readonly key: string }>();
  const secrets = new EditorSecrets({
    onDidChange: changed.event,
    get: (key) => Promise.resolve(kept.get(key)),
    store: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  });
  process.env["PATCHBAY_TEST_KEY"] = "from the environment";
  try {
    expect(await secrets.get("PATCHBAY_TEST_KEY")).toBe("from the environment");
    await secrets.set("PATCHBAY_TEST_KEY", "from the editor");
    expect(await secrets.get("PATCHBAY_TEST_KEY")).toBe("from the editor");
    await secrets.set("PATCHBAY_TEST_KEY", "");
    expect([await secrets.get("PATCHBAY_TEST_KEY"), kept.size]).toEqual(["from the environment", 0]);
  } finally {
    delete process.env["PATCHBAY_TEST_KEY"];
  }
  expect(await secrets.get("PATCHBAY_TEST_KEY")).toBeUndefined();
  const told: string[] = [];
  secrets.onDidChange((name) => told.push(name));
  for (const key of ["secret:NAME", "another"]) changed.fire({ key });
  secrets.dispose();
  changed.fire({ key: "secret:NAME" });
  expect(told).toEqual(["NAME"]);
});

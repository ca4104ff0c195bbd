import { describe, expect, test } from "vitest";
import { spokenBlocked, spokenCertificates, spokenNextStep } from "../../../webview/canvas/safety.js";
import type { BlockedView, CertificatesView } from "../../../webview/protocol/safety.js";

const certificates = (part: Partial<CertificatesView>): CertificatesView => ({
  total: 14,
  mapped: 0,
  migrate: 0,
  replay: 0,
  invalid: 0,
  reasons: [],
  ...part,
});

describe("what checkpoints are worth", () => {
  test.each([
    [{}, ""],
    [{ mapped: 14 }, ""],
    [{ migrate: 2 }, "2 of 14 checkpoints would need a migration."],
    [{ migrate: 2, replay: 1, from: 3 }, "2 of 14 checkpoints would need a migration, 1 could only be replayed from superstep 3."],
    [{ replay: 4 }, "4 of 14 checkpoints could only be replayed from earlier ones."],
    [{ replay: 1, from: 0, invalid: 2 }, "1 of 14 checkpoints could only be replayed from superstep 0, 2 could not go on at all."],
    [{ total: 1, invalid: 1 }, "1 of 1 checkpoint could not go on at all."],
  ])("%j", (part, words) => expect(spokenCertificates(certificates(part))).toBe(words));
});

describe("a run that cannot go on", () => {
  const blocked = (part: Partial<BlockedView>): BlockedView => ({ why: "lost", reasons: [], migration: false, ...part });
  test.each([
    [blocked({}), "This run cannot go on under the graph as it is now. Undo the edit, or choose what becomes of the run."],
    [blocked({ why: "migrate" }), "This run needs a migration to go on. Undo the edit, or write a migration for its values."],
    [
      blocked({ why: "migrate", migration: true }),
      "This run needs a migration to go on. Complete its migration and continue, or undo the edit.",
    ],
  ])("%j", (view, words) => expect(`${spokenBlocked(view)} ${spokenNextStep(view)}`).toBe(words));
});

import { describe, expect, it } from "vitest";
import { projectBlocked, projectCertificates } from "../../../extension/bridge/project-safety.js";
import { isUnsafe, sumUp } from "../../../extension/run/certificate-summary.js";
import type { Certificate, Finding, Verdict } from "../../../runtime/index.js";

const finding = (message: string, place: Finding["place"]): Finding => ({ kind: "task-gone", message, place });
const a = finding("a is gone", { entity: "node", id: "a" });
const e = finding("e is gone", { entity: "edge", id: "e" });
const x = finding("x is gone", { entity: "channel", id: "x" });
const limits = finding("other limits", { entity: "limits" });

const certificate = (verdict: Verdict, findings: readonly Finding[] = [], superstep?: number): Certificate => ({
  checkpoint: "c",
  superstep: 9,
  verdict,
  findings,
  ...(superstep === undefined ? {} : { ancestor: { checkpoint: "b", superstep } }),
});

describe("the certificates of a run", () => {
  const check = (certificates: readonly Certificate[], expected: object): void =>
    expect(projectCertificates(sumUp(certificates))).toEqual({ mapped: 0, migrate: 0, replay: 0, invalid: 0, reasons: [], ...expected });

  it("are counted by verdict", () => {
    check([], { total: 0 });
    check([certificate("unaffected"), certificate("mapped", [a]), certificate("mapped", [a])], { total: 3, mapped: 2 });
    check([certificate("migrate", [x]), certificate("invalid", [a])], {
      total: 2,
      migrate: 1,
      invalid: 1,
      reasons: [
        { message: "x is gone", channel: "x" },
        { message: "a is gone", node: "a" },
      ],
    });
  });

  it("name the superstep to go back to where it is the same for all", () => {
    check([certificate("replay", [a], 3), certificate("replay", [a], 3)], {
      total: 2,
      replay: 2,
      from: 3,
      reasons: [{ message: "a is gone", node: "a" }],
    });
    check([certificate("replay", [e], 3), certificate("replay", [limits], 2)], {
      total: 2,
      replay: 2,
      reasons: [{ message: "e is gone", edge: "e" }, { message: "other limits" }],
    });
  });

  it("tell the first reasons only", () => {
    const many = Array.from({ length: 40 }, (_, index) => finding(`${String(index)} is gone`, { entity: "node", id: "a" }));
    expect(projectCertificates(sumUp([certificate("invalid", many)])).reasons).toHaveLength(5);
  });

  it.each<readonly [Verdict, boolean]>([
    ["unaffected", false],
    ["mapped", false],
    ["migrate", true],
    ["replay", true],
    ["invalid", true],
  ])("that are %s are unsafe: %s", (verdict, expected) => expect(isUnsafe({ verdict })).toBe(expected));
});

describe("a run that cannot go on", () => {
  it("is told with its reasons, and from where it could", () => {
    const ancestor = { checkpoint: "b", superstep: 2 };
    expect(projectBlocked({ why: "lost", findings: [a, a], from: "r", ancestor }, false)).toEqual({
      why: "lost",
      reasons: [{ message: "a is gone", node: "a" }],
      migration: false,
      ancestor: 2,
    });
    expect(projectBlocked({ why: "migrate", findings: [x], from: "r", ancestor: undefined }, true)).toEqual({
      why: "migrate",
      reasons: [{ message: "x is gone", channel: "x" }],
      migration: true,
    });
  });
});

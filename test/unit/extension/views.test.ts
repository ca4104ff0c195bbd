import { describe, expect, it } from "vitest";
import { projectCompile } from "../../../extension/bridge/project-compile.js";
import { channelRange, entryAt, rangeOf } from "../../../extension/editor/entry-at.js";
import { starterGraph } from "../../../extension/commands/starter-graph.js";
import { webviewHtml } from "../../../extension/editor/webview-html.js";
import { readInput } from "../../../extension/run/run-input.js";
import { contextOf, lineOf, markCheckpoints, warningOf } from "../../../extension/views/checkpoint-rows.js";
import { formatMicros } from "../../../extension/views/durations.js";
import { shortBytes } from "../../../runtime/model/figures.js";
import { subjectOf, tailOf } from "../../../extension/views/trace-rows.js";
import { compileGraph, parseDocument, type CheckpointSummary, type TraceEvent, type Verdict } from "../../../runtime/index.js";
import { compileRecord } from "../../support/compile-record.js";

const summary = (id: string, parent: string | null): CheckpointSummary => ({
  id,
  parent,
  run: "r",
  trigger: "superstep",
  at: 0,
  revision: "",
  superstep: 1,
  status: "running",
  due: [],
  questions: 0,
  bytes: 1,
  traceSeq: 1,
});

describe("checkpoint marks", () => {
  it("tell where the run stands, what led there, and where branches part", () => {
    const marks = markCheckpoints(
      [summary("d", "b"), summary("c", "b"), summary("b", "a"), summary("a", null)],
      "d",
      new Set(["a", "b", "d"]),
    );
    expect(marks.map(({ summary: { id }, head, onLine, forks }) => [id, head, onLine, forks])).toEqual([
      ["d", true, true, false],
      ["c", false, false, false],
      ["b", false, true, true],
      ["a", false, true, false],
    ]);
  });
});

describe("what led to where a run stands", () => {
  const page = [summary("e", "b"), summary("d", "c"), summary("c", "b"), summary("b", "a")];
  it.each<readonly [string | null, readonly string[]]>([
    ["e", ["e", "b"]],
    ["d", ["d", "c", "b"]],
    ["a", []],
    [null, []],
  ])("%s", (head, line) => expect([...lineOf(page, head)]).toEqual(line));
});

describe("sizes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1 KB"],
    [1_290, "1.3 KB"],
    [10_240, "10 KB"],
    [1_023_000, "999 KB"],
    [1_023_500, "1 MB"],
    [500 * 2 ** 20, "500 MB"],
    [3.5 * 2 ** 30, "3.5 GB"],
    [2_000 * 2 ** 40, "2000 TB"],
  ])("%d bytes are %s", (bytes, text) => expect(shortBytes(bytes)).toBe(text));
});

describe("the row of a checkpoint", () => {
  const plain = { changed: false, inside: false };

  it.each<readonly [Verdict, boolean, string, string | undefined]>([
    ["unaffected", false, "checkpoint", undefined],
    ["unaffected", true, "checkpoint.head", undefined],
    ["mapped", true, "checkpoint.head.mapped", undefined],
    ["migrate", false, "checkpoint.migrate", "warning"],
    ["replay", true, "checkpoint.head.replay", "warning"],
    ["invalid", false, "checkpoint.invalid", "error"],
  ])("%s, head: %s", (verdict, head, context, icon) => {
    const certificate = { checkpoint: "c", superstep: 1, verdict, findings: [] };
    expect([contextOf({ ...plain, head, certificate }), warningOf(certificate)?.icon]).toEqual([context, icon]);
  });

  it("says nothing of what is not known yet", () => {
    expect([contextOf({ ...plain, head: false, certificate: undefined }), warningOf(undefined)]).toEqual(["checkpoint", undefined]);
  });

  it("tells another revision, and a run inside a task", () => {
    const certificate = { checkpoint: "c", superstep: 1, verdict: "migrate", findings: [] } as const;
    expect(contextOf({ head: true, certificate, changed: true, inside: true })).toBe("checkpoint.head.inside.changed.migrate");
  });

  it("warns of no migration that is there", () => {
    const certificate = { checkpoint: "c", superstep: 1, verdict: "migrate", findings: [] } as const;
    expect([warningOf(certificate, true), warningOf(certificate)?.icon]).toEqual([undefined, "warning"]);
  });
});

describe("channels in the text", () => {
  const text = `{ "patchbay": 1, "channels": { "n": { "schema": {} }, "m": {} }, "nodes": {}, "edges": {} }`;
  it.each([
    ["m", '"m": {}'],
    ["n", '"n": { "schema": {} }'],
    ["gone", ""],
  ])("%s", (channel, written) => {
    const range = channelRange(parseDocument(text), channel);
    expect(text.slice(range?.start, range?.end)).toBe(written);
    if (written === "") expect(range?.start).toBe(text.indexOf('"n"'));
  });
});

describe("trace rows", () => {
  const log = (seq: number): TraceEvent => ({ seq, superstep: 1, at: 0, type: "log", node: "a", level: "info", message: "" });
  const check = (seqs: readonly number[], limit: number, shown: readonly number[], earlier: boolean): void => {
    const tail = tailOf(seqs.map(log), limit);
    expect([tail.events.map(({ seq }) => seq), tail.earlier]).toEqual([shown, earlier]);
  };

  it("are the newest, and say whether there are earlier ones", () => {
    check([], 10, [], false);
    check([1, 2, 3], 10, [1, 2, 3], false);
    check([1, 2, 3], 2, [2, 3], true);
    check([41, 42], 10, [41, 42], true);
    check([1, 2], 0, [2], true);
  });

  it("know which nodes and edges they are about", () => {
    expect(subjectOf(log(1))).toEqual({ nodes: ["a"], edges: [] });
    expect(subjectOf({ seq: 1, superstep: 1, at: 0, type: "route-taken", node: "a", edge: "e", to: "b", why: "" })).toEqual({
      nodes: [],
      edges: ["e"],
    });
    expect(subjectOf({ seq: 1, superstep: 1, at: 0, type: "superstep-started", due: ["a", "b"] })).toEqual({
      nodes: ["a", "b"],
      edges: [],
    });
    expect(subjectOf({ seq: 1, superstep: 1, at: 0, type: "checkpoint", checkpoint: "c", trigger: "asked", bytes: 1 })).toEqual({
      nodes: [],
      edges: [],
    });
  });
});

describe("compile facts", () => {
  it("are projected for the canvas", () => {
    const agreed = { status: { state: "current" }, drift: [], latest: undefined } as const;
    const entry = { graph: "g", reasons: [], edits: 3, since: 0, waits: "age" as const, running: false, failures: 0 };
    expect(
      projectCompile({ ...agreed, stale: true, pending: entry, current: { plan: { revision: "0123456789" } }, history: [compileRecord()] }),
    ).toEqual({
      plan: "0123456",
      stale: true,
      backlog: 3,
      last: { class: "soft", micros: 40, recomputed: 1, reasons: ["why"] },
    });
    const refused = compileRecord({ class: "hard", success: false, error: { code: "HARD_REFUSED", message: "no" } });
    const failed = compileRecord({ class: "hard", success: false, error: { code: "PLAN_INVALID", message: "no" } });
    const lasts = [refused, failed].map((record) =>
      projectCompile({ ...agreed, stale: true, pending: undefined, current: undefined, history: [record] }),
    );
    expect(lasts.map(({ last }) => last?.inVain)).toEqual(["refused", "failed"]);
    expect(projectCompile({ ...agreed, stale: false, pending: undefined, current: undefined, history: [] })).toEqual({
      plan: "",
      stale: false,
      backlog: 0,
    });
  });

  it.each([
    [0.4, "0.4 µs"],
    [42.4, "42 µs"],
    [999.4, "999 µs"],
    [1340, "1.3 ms"],
    [2_500_000, "2.5 s"],
    [180_000_000, "3 min"],
    [7_200_000_000, "2 h"],
  ])("%d µs are %s", (micros, text) => expect(formatMicros(micros)).toBe(text));
});

describe("entries in the text", () => {
  const text = starterGraph("T");
  const parsed = parseDocument(text);

  it("are found by an offset, and their place by their id", () => {
    expect(entryAt(parsed, text.indexOf('"Write a draft"'))).toEqual({ nodes: ["write"], edges: [] });
    expect(entryAt(parsed, text.indexOf('"approve"'))).toEqual({ nodes: [], edges: ["done"] });
    expect(entryAt(parsed, 0)).toBeUndefined();
    const range = rangeOf(parsed, { nodes: [], edges: ["done"] });
    expect(text.slice(range?.start, range?.end)).toBe('"done": { "from": "review", "to": "@end", "on": "approve" }');
  });
});

describe("the starter graph", () => {
  it("has no problems and compiles, whatever its title", () => {
    const parsed = parseDocument(starterGraph('A "title" \\ \n'));
    expect(parsed.problems).toEqual([]);
    expect(compileGraph(parsed.graph).nodes.size).toBe(2);
    expect(parsed.graph.title).toBe('A "title" \\ \n');
  });
});

describe("readInput", () => {
  const check = (text: string, outcome: string): void => {
    const reading = readInput(text, (name) => name === "known");
    expect(reading.ok ? "ok" : reading.reason).toBe(outcome);
  };

  it("takes an object of channels", () => {
    check('{"known": 1}', "ok");
    check("{}", "ok");
    check("{", "not-json");
    check("[]", "not-object");
    check("null", "not-object");
    check('{"other": 1}', "unknown-channel");
  });
});

describe("the canvas's page", () => {
  const page = (title = "t"): string =>
    webviewHtml({
      cspSource: "https://csp",
      script: "https://s/main.js",
      style: "https://s/main.css",
      language: "en",
      title,
      minimap: "auto",
    });
  const policyOf = (html: string): string => /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";

  it("lets nothing load but what is named, and no script run but its own", () => {
    const policy = policyOf(page());
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'nonce-[^']{16,}'(?:;|$)/);
    expect(policy).not.toContain("unsafe");
  });

  it("has another nonce each time", () => expect(policyOf(page())).not.toBe(policyOf(page())));

  it("escapes what it is given", () => expect(page("<script>")).not.toContain("<script>"));
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { call, graphsFolder, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const original = readFileSync(join(graphsFolder, "review.patchbay.json"), "utf8");

/** The graph with one piece of its text replaced, as a file of its own. */
function edited(name: string, from: string, to: string): string {
  if (!original.includes(from)) throw new Error(`The graph has no ${from}.`);
  const path = join(folder.path, `${name}.patchbay.json`);
  writeFileSync(path, original.replace(from, to));
  return path;
}

const changes: readonly (readonly [string, string, string, object])[] = [
  ["nothing", '"Review"', '"Review"', { class: "none", reasons: [], recomputed: 0 }],
  ["a title", '"Review"', '"Look twice"', { class: "none", reasons: [], recomputed: 0 }],
  [
    "a retargeted edge",
    '"to": "publish", "on": "yes"',
    '"to": "discard", "on": "yes"',
    { class: "soft", reasons: ["edge good retargeted: review -> publish is now review -> discard"] },
  ],
  ["a prompt", "Is draft {{round}} good?", "Good?", { class: "soft", reasons: ["node review: prompt changed"], recomputed: 1 }],
  ["a channel", '"reducer": "sum", ', "", { class: "hard", reasons: ["channel round: reducer changed"], recomputed: 4 }],
];

test.each(changes)("%s", async (name, from, to, expected) => {
  const { status, stdout } = await call(["compile", "--from", "review.patchbay.json", "--to", edited(name, from, to), "--json"]);
  const answer = JSON.parse(stdout) as { readonly ms: number };
  expect(status).toBe(0);
  expect(answer).toMatchObject(expected);
  const measured = { none: [], soft: ["fullMs", "savedMs"], hard: ["fullMs"] }[
    (expected as { readonly class: "none" | "soft" | "hard" }).class
  ];
  expect(Object.keys(answer).sort()).toEqual(["class", "ms", "reasons", "recomputed", ...measured].sort());
  expect(answer.ms).toBeGreaterThanOrEqual(0);
});

test("a hard change under the strategy `soft` is refused", async () => {
  const soft = (text: string): string => text.replace('"title"', '"compile": { "strategy": "soft" },\n  "title"');
  const [from, to] = ["old", "new"].map((name) => join(folder.path, `${name}.patchbay.json`)) as [string, string];
  writeFileSync(from, soft(original));
  writeFileSync(to, soft(original.replace('"reducer": "sum", ', "")));
  const { status, stdout } = await call(["compile", "--from", from, "--to", to, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ class: "hard", recomputed: 0, error: { code: "HARD_REFUSED" } });
  expect(status).toBe(1);
});

test("a change that waits by the graph's own settings is compiled all the same", async () => {
  const patient = (text: string): string => text.replace('"title"', '"compile": { "sizeThreshold": 50, "staleAfter": "1d" },\n  "title"');
  const [from, to] = ["patient-old", "patient-new"].map((name) => join(folder.path, `${name}.patchbay.json`)) as [string, string];
  writeFileSync(from, patient(original));
  writeFileSync(to, patient(original.replace('"reducer": "sum", ', "")));
  expect(JSON.parse((await call(["compile", "--from", from, "--to", to, "--json"])).stdout)).toMatchObject({
    class: "hard",
    recomputed: 4,
  });
});

test("for people it says the class, the work and why", async () => {
  const to = edited("for people", '"to": "publish", "on": "yes"', '"to": "discard", "on": "yes"');
  const { stdout } = await call(["compile", "--from", "review.patchbay.json", "--to", to]);
  expect(stdout.replaceAll(/[\d.]+ (ms|µs)/g, "N")).toMatch(
    /^soft: \d nodes? recomputed in N; a full compile takes N; saved (N|nothing)\n {2}edge good retargeted/,
  );
});

test("a broken graph is refused with its problems", async () => {
  const { status, stdout, stderr } = await call(["compile", "--from", "review.patchbay.json", "--to", "broken.patchbay.json", "--json"]);
  expect(stderr).toMatch(/broken.patchbay.json:15:34: error DANGLING_EDGE/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test("a strategy can be tried out: hard says what a patch would have taken", async () => {
  const to = edited("tried", "Is draft {{round}} good?", "Good?");
  const { stdout } = await call(["compile", "--from", "review.patchbay.json", "--to", to, "--strategy", "hard", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ class: "hard", recomputed: 4, patchMs: expect.any(Number) as number });
  const { status, stderr } = await call(["compile", "--from", "review.patchbay.json", "--to", to, "--strategy", "fast"]);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/--strategy fast: give one of auto, hard, soft/)]);
});

describe("several versions", () => {
  const versions = ["Good?", "Better?", "Best?", "Is draft {{round}} good?"].map((prompt, n) =>
    edited(`version ${n}`, "Is draft {{round}} good?", prompt),
  );
  const args = ["compile", "--from", "review.patchbay.json", ...versions.flatMap((path) => ["--to", path])];

  test("are compiled one from the other, with what they came to", async () => {
    const { status, stdout } = await call([...args, "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      class: "soft",
      steps: versions.map((to) => ({ to, class: "soft", recomputed: 1, reasons: ["node review: prompt changed"] })),
      statistics: { compiles: 4, soft: { count: 4 }, hitRate: 1, notMeasured: 0, refused: 0, failed: 0 },
      advice: [],
    });
  });

  test("for people end with the figures, and with advice where there is any", async () => {
    const measured = await call([...args, "--strategy", "hard", "--json"]);
    const { advice } = JSON.parse(measured.stdout) as { advice: readonly unknown[] };
    const { stdout } = await call([...args, "--strategy", "hard"]);
    const text = stdout.replaceAll(/[\d.]+ (ms|µs)/g, "N");
    expect(text).toMatch(/\n\n4 recompiles\n {2}hard: 4; last N, mean N, p50 N, p95 N\n {2}soft share: 0 %\n/);
    // Whether there is any depends on what was measured: on a busy machine a patch may take longer than a compile of so small a graph.
    const told = /\nadvice: 4 of the last 4 recompiles were of soft changes\..*\n {2}`compile\.strategy`: "hard" -> "auto"\n$/.test(text);
    expect(text.includes("\nadvice:")).toBe(told);
    expect(advice.length).toBeLessThan(2);
  });

  test("a refused one is told where it stands, and the next is compiled from what is in force", async () => {
    const refused = edited("refused", '"reducer": "sum", ', "");
    const argv = ["compile", "--from", "review.patchbay.json", "--to", refused, "--to", versions[0] ?? "", "--strategy", "soft", "--json"];
    const { status, stdout } = await call(argv);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      class: "hard",
      steps: [
        { class: "hard", recomputed: 0, error: { code: "HARD_REFUSED" } },
        { class: "soft", reasons: ["node review: prompt changed"] },
      ],
      statistics: { refused: 1 },
    });
  });
});

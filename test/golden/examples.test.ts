import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunJson } from "../../runtime/cli/run-report.js";
import { parseDocument } from "../../runtime/document/parse.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import { BuiltCommand, projectFolder, temporaryFolder, type Finished } from "../unit/cli/command-line.js";

const triage = "examples/refund-triage/refund-triage.patchbay.json";
const repository = "examples/repo-report/repo-report.patchbay.json";

const reviews = "examples/two-reviews/two-reviews.patchbay.json";
const logs = "examples/server-logs/server-logs.patchbay.json";
const review = "examples/two-reviews/review.patchbay.json";

const folder = temporaryFolder();
let patchbay: BuiltCommand;
beforeAll(async () => {
  patchbay = await BuiltCommand.build();
});
afterAll(() => {
  patchbay.remove();
  folder.remove();
});

const inFolder = (name: string): string => join(folder.path, name);
const jsonOf = (finished: Finished): RunJson => JSON.parse(finished.stdout) as RunJson;

function run(graph: string, input: object | undefined, ...argv: readonly string[]): Promise<Finished> {
  const given = input === undefined ? [] : ["--input", JSON.stringify(input)];
  return patchbay.run(["run", graph, "--store", inFolder("store"), ...given, ...argv], projectFolder);
}

test("the examples are valid, without a warning", async () => {
  const { status, stderr } = await patchbay.run(["validate", triage, repository, reviews, review], projectFolder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.each([triage, repository, reviews, review])("the layout of %s is on the grid and nothing overlaps", (path) => {
  const { graph } = parseDocument(readFileSync(join(projectFolder, path), "utf8"));
  const places = [...graph.layout];
  expect(places.map(([id]) => id).sort()).toEqual(["@end", "@start", ...graph.nodes.keys(), ...graph.notes.keys()].sort());
  expect(places.filter(([, [x, y]]) => x % 20 !== 0 || y % 20 !== 0)).toEqual([]);
  const boxes = places.map(([id, [x, y, width = 160, height = 100]]) => ({ id, x, y, width, height }));
  const overlapping = boxes.filter((a) =>
    boxes.some((b) => a.id !== b.id && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
  );
  expect(overlapping).toEqual([]);
});

test("refund-triage decided to the end writes the report", async () => {
  const report = inFolder("approved.md");
  const finished = await run(triage, { report }, "--decide", 'approve="approve"', "--json");
  expect(jsonOf(finished)).toMatchObject({ status: "completed", state: { position: 60, written: report }, questions: [], due: [] });
  expect(finished.status).toBe(0);
  await expect(readFileSync(report, "utf8")).toMatchFileSnapshot("refund-triage.md");
});

test("refund-triage waits at its first large refund, and goes on to the same report", async () => {
  const report = inFolder("resumed.md");
  const waiting = await run(triage, { report }, "--json");
  expect(jsonOf(waiting)).toMatchObject({
    status: "paused",
    supersteps: 8,
    due: ["approve"],
    questions: [{ key: "approve", actions: ["approve", "reject"] }],
  });
  expect(jsonOf(waiting).questions[0]?.prompt).toMatch(
    /^Refund 689 EUR for “Espresso machine, dual boiler” \(order O-50231\)\?\nTicket T-002 says damaged: /,
  );
  expect([waiting.status, existsSync(report)]).toEqual([10, false]);
  const completed = await run(triage, undefined, "--run", jsonOf(waiting).run, "--decide", "approve=approve", "--json");
  expect({ status: completed.status, now: jsonOf(completed).status }).toEqual({ status: 0, now: "completed" });
  await expect(readFileSync(report, "utf8")).toMatchFileSnapshot("refund-triage.md");
});

interface Entry {
  readonly ticket: string;
  readonly action: string;
  readonly by: string;
  readonly paid: number;
  readonly credit: number;
}

/** What was decided by a person, as `ticket action amount`. */
function byPerson(state: RunJson["state"]): readonly string[] {
  const entries = state["decisions"] as unknown as readonly Entry[];
  return entries.filter((entry) => entry.by === "person").map(({ ticket, action, paid, credit }) => `${ticket} ${action} ${paid + credit}`);
}

test("refund-triage asks four times, and a rejected refund is declined", async () => {
  const { state } = jsonOf(await run(triage, { report: inFolder("rejected.md") }, "--decide", "approve=reject", "--json"));
  expect(byPerson(state)).toEqual(["T-002 decline 0", "T-019 decline 0", "T-037 decline 0", "T-052 decline 0"]);
});

test("the types of the examples are current", async () => {
  const typed = [triage, repository, logs, join(dirname(reviews), "review.patchbay.json")];
  const { status, stdout } = await patchbay.run(["types", "--check", ...typed], projectFolder);
  expect(stdout.split("\n").filter((line) => !line.endsWith(" is current"))).toEqual([""]);
  expect(status).toBe(0);
});

test("refund-triage rewired while it waits gives vouchers from there on, its types there or not", async () => {
  cpSync(join(projectFolder, dirname(triage)), inFolder("copy"), { recursive: true });
  rmSync(inFolder("copy/.patchbay"), { recursive: true });
  const graph = inFolder("copy/refund-triage.patchbay.json");
  const waiting = jsonOf(await run(graph, undefined, "--json"));
  const text = readFileSync(graph, "utf8");
  writeFileSync(graph, text.replace('"approved": { "from": "approve", "to": "refund"', '"approved": { "from": "approve", "to": "voucher"'));
  const { status, state } = jsonOf(await run(graph, undefined, "--run", waiting.run, "--decide", "approve=approve", "--json"));
  expect(status).toBe("completed");
  expect(byPerson(state)).toEqual(["T-002 voucher 689", "T-019 voucher 412", "T-037 voucher 1249", "T-052 voucher 539"]);
  expect(existsSync(inFolder("copy/out/refund-triage.md"))).toBe(true);
});

/** A small folder of sources: every kind of manifest, markers, an empty and a binary file, and what must be left out. */
const sample: Readonly<Record<string, string>> = {
  "package.json": '{\n  "name": "sample",\n  "dependencies": { "left": "1.2.3" },\n  "devDependencies": { "right": "^4.0.0" }\n}\n',
  "README.md": "# Sample\n\nTODO lists are not markers.\n",
  "src/main.ts": "// TODO: say hello\nexport const hello = 1;\n\nexport const rest = [hello]; // FIXME(rest): more | less\n",
  "src/empty.ts": "",
  "src/windows.ts": "const a = 1;\r\nconst b = 2;\r\n",
  "src/no-newline.js": "let last = 'line'",
  "server/go.mod": "module sample\n\ngo 1.24\n\nrequire (\n\tgolang.org/x/text v0.3.0\n)\n",
  "scripts/requirements.txt": "# tools\nrequests==2.32.0\nrich>=13 # colours\nplain\n",
  "scripts/broken/package.json": "{ not json",
  "icon.bin": "\u0000\u0001\u0002\n\n",
  "node_modules/left/index.js": "// TODO: not ours\n",
  ".git/HEAD": "ref: refs/heads/main\n",
  "dist/main.js": "built()\n",
};

test("repo-report writes what it found in a folder", async () => {
  for (const [path, text] of Object.entries(sample)) {
    mkdirSync(dirname(inFolder(`sample/${path}`)), { recursive: true });
    writeFileSync(inFolder(`sample/${path}`), text);
  }
  const report = inFolder("sample.md");
  const finished = await run(repository, { folder: inFolder("sample"), report, top: 5 }, "--json");
  expect(jsonOf(finished)).toMatchObject({
    status: "completed",
    supersteps: 4,
    state: { summary: "sample: 10 files in 5 languages, 2 left for later, 6 dependencies" },
  });
  expect(finished.stderr).toContain("scripts/broken/package.json cannot be read");
  await expect(readFileSync(report, "utf8")).toMatchFileSnapshot("repo-report.md");
});

test("repo-report of an empty folder says so and writes nothing", async () => {
  mkdirSync(inFolder("nothing"));
  const report = inFolder("nothing.md");
  const { status, state } = jsonOf(await run(repository, { folder: inFolder("nothing"), report }, "--json"));
  expect({ status, summary: state["summary"], written: existsSync(report) }).toEqual({
    status: "completed",
    summary: "nothing: no files",
    written: false,
  });
});

test("repo-report without a folder reads this project", async () => {
  const report = inFolder("project.md");
  const finished = await run(repository, { report }, "--json");
  expect({ status: finished.status, now: jsonOf(finished).status }).toEqual({ status: 0, now: "completed" });
  const text = readFileSync(report, "utf8");
  expect(text).toMatch(/^\| TypeScript \|/m);
  expect(text).toMatch(/^\| esbuild \| [\d.]+ \| development \| `package.json` \|$/m);
  expect(text).not.toMatch(/^[|-] `[^`]*node_modules\//m);
});

const questionsOf = (finished: Finished): readonly string[] =>
  jsonOf(finished).questions.map(({ key, prompt }) => `${key}: ${prompt.split(".")[0]}`);

test("two-reviews asks in both runs of one graph, and goes on where each was", async () => {
  const asked = await run(reviews, undefined, "--run", "reviews", "--json");
  expect([asked.status, questionsOf(asked)]).toEqual([
    10,
    [
      'legal/decide: Is this fine as to legal? Words to avoid: ["guarantee","always"]',
      'style/decide: Is this fine as to style? Words to avoid: ["basically","just"]',
    ],
  ]);
  const once = await run(
    reviews,
    undefined,
    "--run",
    "reviews",
    "--decide",
    'legal/decide={"action":"reject","value":"No promises."}',
    "--json",
  );
  expect([once.status, questionsOf(once).length]).toEqual([10, 1]);
  const done = await run(reviews, undefined, "--run", "reviews", "--decide", "style/decide=approve", "--json");
  expect(jsonOf(done)).toMatchObject({
    status: "completed",
    supersteps: 3,
    state: { legal: { approved: false, found: 2, comment: "No promises." }, style: { approved: true }, result: "held back" },
  });
  const listed = await patchbay.run(["runs", "--store", inFolder("store"), "--json"], projectFolder);
  expect(
    (JSON.parse(listed.stdout) as { runs: { run: string; graph: string }[] }).runs.filter(({ graph }) => graph === "review.patchbay.json"),
  ).toEqual([]);
});

test("server-logs counts every day in its place, also the one that cannot be read", async () => {
  const { status, state } = jsonOf(await run(logs, undefined, "--json"));
  const figures = state["figures"] as readonly { day?: number; error?: { code: string } }[];
  expect([status, figures.map(({ day, error }) => day ?? error?.code)]).toEqual([
    "completed",
    [1, 2, 3, 4, 5, "HANDLER_FAILED", 7, 8, 9, 10, 11, 12, 13, 14],
  ]);
  expect(figures[0]).toMatchObject({ day: 1, requests: 2000 });
  expect(state["summary"]).toMatchObject({ days: 14, unreadable: 1 });
});

test("two-reviews publishes what needs nobody", async () => {
  const finished = await run(reviews, { draft: "Parcels take about two days." }, "--json");
  expect(jsonOf(finished)).toMatchObject({ status: "completed", state: { result: "published" }, questions: [] });
});

test("two-reviews restored from the command line, outside and inside a review", async () => {
  const given = ["--run", "restored", "--json"];
  await run(reviews, undefined, ...given);
  const decided = await run(reviews, undefined, ...given, "--decide", "legal/decide=approve", "--decide", "style/decide=approve");
  expect(jsonOf(decided).state["result"]).toBe("published");
  const store = ["--store", inFolder("store"), "--json"];
  const { checkpoints, inside: reviewsInside } = JSON.parse(
    (await patchbay.run(["checkpoints", "restored", ...store], projectFolder)).stdout,
  ) as {
    readonly checkpoints: readonly { readonly id: string; readonly trigger: string }[];
    readonly inside: readonly { readonly task: string; readonly graph: string }[];
  };
  expect(reviewsInside.map(({ task, graph }) => `${task} ${graph}`)).toEqual([
    "1/legal review.patchbay.json",
    "1/style review.patchbay.json",
  ]);
  const asked = checkpoints.find(({ trigger }) => trigger === "asked");
  await patchbay.run(["restore", asked?.id ?? "", ...store], projectFolder);
  const otherwise = await run(reviews, undefined, ...given, "--decide", "legal/decide=reject", "--decide", "style/decide=approve");
  expect(jsonOf(otherwise)).toMatchObject({ status: "completed", state: { result: "held back" } });

  const opened = openSqliteStore(inFolder("store"));
  const [legal] = opened.nested("restored");
  const scanned = opened.list(legal?.id ?? "").find(({ superstep, trigger }) => superstep === 1 && trigger === "superstep");
  opened.close();
  const inside = JSON.parse((await patchbay.run(["restore", scanned?.id ?? "", ...store], projectFolder)).stdout) as {
    readonly run: string;
  };
  expect(inside.run).toBe("restored");
  const again = await run(reviews, undefined, ...given, "--decide", "legal/decide=approve");
  expect(jsonOf(again)).toMatchObject({ status: "completed", state: { legal: { approved: true }, result: "published" } });
});

// Stores that cannot be written: a full disk, files and folders for reading alone, a file that is gone.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../../runtime/errors.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { RunSession } from "../../../runtime/run/session.js";
import { loop } from "../run/durable-loop.js";
import { compile, services } from "../run/harness.js";
import { change, toFormat6 } from "./as-format-6.js";

const isRoot = process.geteuid?.() === 0;
const graph = compile({ ...loop, channels: { ...loop.channels, text: {} } });
let folder: string;
let directory: string;
const opened: CheckpointStore[] = [];

/** Opens a store, which is closed when the test ends. */
function open(where = directory): CheckpointStore {
  const store = openSqliteStore(where);
  opened.push(store);
  return store;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "patchbay-unwritable-"));
  directory = join(folder, "store");
  chmodSync(folder, 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
function closeAll(): void {
  for (const store of opened.splice(0)) store.close();
}
afterEach(closeAll);

/** The run of the loop in a store, begun or taken up, and the counts that its handler was called with. `text`: what it writes beside. */
function sessionOn(store: CheckpointStore, text = "") {
  const calls: number[] = [];
  const tick = ({ count }: { readonly count?: unknown }) => {
    calls.push(Number(count));
    return { count: Number(count) + 1, text: `${text}${String(Math.random())}` };
  };
  const given = { ...services({ tick }), store };
  const isThere = store.run("run") !== undefined;
  const session = isThere ? RunSession.resume("run", graph, given) : RunSession.start(graph, { graph: "g", run: "run" }, given);
  return { session, calls };
}

async function refusal(work: () => unknown): Promise<PatchbayError> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return thrown;
    throw thrown;
  }
  throw new Error("expected a PatchbayError");
}

/** Everything that reading has to tell of the run. */
function readAll(store: CheckpointStore): unknown {
  return [
    store.runs().map(({ id }) => id),
    store.list("run").map(({ id, damaged }) => (damaged === undefined ? store.load(id).frontier.superstep : "damaged")),
    store.trace("run").at(-1)?.type,
    store.sizes().length,
    store.verify(),
  ];
}

describe("a disk that is full", () => {
  const disk = (): string => join(folder, "disk");
  const mounted = (options: string): boolean => {
    try {
      execFileSync("/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk()], { stdio: "ignore" });
      return true;
    } catch {
      return false; // nobody but root may
    }
  };
  afterEach(() => {
    closeAll();
    if (existsSync(disk())) execFileSync("/bin/umount", [disk()], { stdio: "ignore" });
  });

  it.skipIf(!isRoot)(
    "stops the run with what to do; nothing that was told is lost, all can be read, and it goes on when there is room",
    async ({ skip }) => {
      mkdirSync(disk());
      if (!mounted("size=1m")) {
        rmSync(disk(), { recursive: true });
        return skip();
      }
      const store = open(join(disk(), "store"));
      const { session, calls } = sessionOn(store, "x".repeat(2000));
      let shown = 0;
      session.onDidChange(() => (shown = session.status === "running" ? session.frontier.superstep : shown));
      const error = await refusal(() => session.continue());
      expect([error.code, error.message, error.next]).toEqual([
        "STORE",
        "Cannot save the checkpoints: the disk is full.",
        "Check that the folder can be written and the disk is not full.",
      ]);
      const held = session.frontier.superstep;
      expect(store.list("run", { limit: 1 })[0]?.superstep).toBeGreaterThanOrEqual(shown);
      expect(readAll(store)).toMatchObject([["run"], expect.arrayContaining([0]), expect.any(String), 1, []]);
      expect(await refusal(() => session.continue())).toMatchObject({ code: "STORE" });
      expect(session.frontier.superstep).toBe(held);
      execFileSync("/bin/mount", ["-o", "remount,size=16m", disk()]);
      await session.step();
      await session.step();
      expect(calls).toEqual(Array.from({ length: held + 2 }, (_, count) => count));
      store.close();
      const again = open(join(disk(), "store"));
      expect([again.latest("run")?.frontier.superstep, again.verify(), again.lineage(again.run("run")?.head ?? "").length]).toEqual([
        held + 2,
        [],
        held + 3,
      ]);
      again.close();
    },
  );
});

describe("a store for reading alone", () => {
  /** As another user where this one may do everything. */
  async function unprivileged<Result>(work: () => Promise<Result>): Promise<Result> {
    if (isRoot) process.seteuid?.(65534);
    try {
      return await work();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  /** A store with a run of three supersteps. */
  async function made(): Promise<void> {
    const store = open();
    const { session } = sessionOn(store);
    for (let step = 0; step < 3; step += 1) await session.step();
    store.close();
  }

  /** As a killed process leaves it: with a log that is not folded in. */
  async function leftOpen(): Promise<void> {
    await made();
    const live = join(folder, "live");
    mkdirSync(live);
    copyFileSync(join(directory, "patchbay.db"), join(live, "patchbay.db"));
    const store = open(live);
    await sessionOn(store).session.step();
    for (const name of readdirSync(live)) copyFileSync(join(live, name), join(directory, name));
    rmSync(join(directory, "patchbay.db-shm"), { force: true });
    store.close();
  }

  async function older(): Promise<void> {
    await made();
    change(join(directory, "patchbay.db"), toFormat6);
  }

  const protect = (mode: number, fileMode: number): void => {
    for (const name of readdirSync(directory)) chmodSync(join(directory, name), fileMode);
    chmodSync(directory, mode);
  };

  const cases: readonly (readonly [string, () => Promise<void>, () => void, number])[] = [
    ["whose file cannot be written", made, () => protect(0o777, 0o444), 3],
    ["whose folder cannot be written", made, () => protect(0o555, 0o444), 3],
    ["that a killed process left, in a folder that cannot be written", leftOpen, () => protect(0o555, 0o444), 4],
    ["of an earlier format, in a folder that cannot be written", older, () => protect(0o555, 0o444), 3],
  ];
  it.skipIf(process.platform === "win32").each(cases)("%s can be read, and no run begins in it", async (_name, make, lock, supersteps) => {
    await make();
    lock();
    const before = readdirSync(directory);
    await unprivileged(async () => {
      const store = open();
      expect(readAll(store)).toEqual([["run"], Array.from({ length: supersteps + 1 }, (_, at) => supersteps - at), "run-paused", 1, []]);
      const { session, calls } = sessionOn(store);
      expect([session.frontier.superstep, session.trace.length > 10]).toEqual([supersteps, true]);
      for (const work of [() => session.step(), () => session.restore(store.list("run").at(-1)?.id ?? ""), () => store.prune("run", 1)])
        expect(await refusal(work)).toMatchObject({
          code: "STORE",
          message: expect.stringMatching(/cannot be written|not written/) as string,
        });
      const fresh = { ...services({}), store };
      expect(await refusal(() => RunSession.start(graph, { graph: "g" }, fresh))).toMatchObject({ code: "STORE" });
      expect([session.frontier.superstep, calls, store.runs().length]).toEqual([supersteps, [], 1]);
      store.close();
    });
    // SQLite has its own files beside one that it reads, where it may.
    expect(readdirSync(directory).filter((name) => !/-(?:shm|wal)$/.test(name))).toEqual(
      before.filter((name) => !/-(?:shm|wal)$/.test(name)),
    );
  });
});

test("a store that is deleted while it is open is told of at once, not written to in vain", async () => {
  const store = open();
  const { session, calls } = sessionOn(store);
  await session.step();
  rmSync(directory, { recursive: true });
  const error = await refusal(() => session.step());
  expect([error.code, calls.length]).toEqual(["STORE", 1]);
  expect(error.message).toContain("is gone");
  expect(() => store.close()).not.toThrow();
  const anew = open();
  expect(anew.runs()).toEqual([]);
  anew.close();
});

describe("a session that another one has overtaken", () => {
  test("runs nothing, and says so; taken up again it goes on from there", async () => {
    const [one, two] = [open(), open()];
    const [first, second] = [sessionOn(one), sessionOn(two)];
    await first.session.step();
    await first.session.step();
    for (const work of [
      () => second.session.step(),
      () => second.session.continue(),
      () => second.session.restore(one.list("run").at(-1)?.id ?? ""),
      () => second.session.input({}),
      () => second.session.save(),
    ])
      expect(await refusal(work)).toMatchObject({ code: "RUN_ELSEWHERE", details: { run: "run" } });
    expect(second.calls).toEqual([]);
    const again = sessionOn(two);
    await again.session.step();
    expect([again.calls, two.lineage(again.session.head).length, two.verify()]).toEqual([[2], 4, []]);
    expect(await refusal(() => first.session.step())).toMatchObject({ code: "RUN_ELSEWHERE" });
    one.close();
    two.close();
  });

  test("in the middle of a superstep saves nothing over the other's", async () => {
    const [one, two] = [open(), open()];
    const other = sessionOn(two);
    let isFirst = true;
    const tick = async (): Promise<object> => {
      if (isFirst) await other.session.step();
      isFirst = false;
      return { count: 100 };
    };
    const slow = RunSession.resume("run", graph, { ...services({ tick }), store: one });
    expect(await refusal(() => slow.step())).toMatchObject({ code: "RUN_ELSEWHERE" });
    expect(await refusal(() => slow.step())).toMatchObject({ code: "RUN_ELSEWHERE" });
    expect([two.latest("run")?.frontier.superstep, two.list("run").length, two.verify()]).toEqual([1, 2, []]);
    await other.session.step();
    expect(other.session.channels["count"]).toBe(2);
    one.close();
    two.close();
  });
});

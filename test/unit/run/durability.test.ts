import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryStore, openSqliteStore, RunSession, type Durability } from "../../../runtime/index.js";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { bundle } from "../platform/bundle.js";
import { compile, services, type Handlers } from "./harness.js";
import { loop } from "./durable-loop.js";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "patchbay-durable-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A store that notes what is held back, what is saved at once, and when what is held is asked to be made safe. */
class NotingStore extends MemoryStore {
  notes: string[] = [];
  #held = 0;

  override save(...[checkpoint, trace, , later]: Parameters<CheckpointStore["save"]>): number {
    this.notes.push(later === true ? "hold" : checkpoint.trigger);
    this.#held = later === true ? this.#held + 1 : 0;
    return super.save(checkpoint, trace);
  }

  override flush(): void {
    if (this.#held > 0) this.notes.push(`flush ${String(this.#held)}`);
    this.#held = 0;
  }
}

/** Five supersteps to the end. */
const five = { ...loop, edges: { in: "@start -> tick", again: "tick -> tick when count < 5" } };
const plain: Handlers = { tick: (state) => ({ count: Number(state["count"]) + 1 }) };
const waiting: Handlers = { tick: async (state) => ({ count: Number(state["count"]) + 1 }) };

function begin(durability: Durability, handlers: Handlers, graph: typeof loop = five) {
  const store = new NotingStore();
  const session = RunSession.start(compile(graph), { graph: "g" }, { ...services(handlers, { store }), durability });
  store.notes = [];
  return { session, store };
}

describe("what is made safe when", () => {
  it.each([
    ["sync", plain, Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? "hold" : "flush 1"))],
    ["async", plain, ["hold", "hold", "hold", "hold", "hold", "flush 5"]],
    // Each time before it waits for its handler.
    ["async", waiting, Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? "hold" : "flush 1"))],
    ["exit", waiting, ["hold", "hold", "hold", "hold", "hold", "flush 5"]],
  ] as const)("%s", async (durability, handlers, notes) => {
    const { session, store } = begin(durability, handlers);
    await session.continue();
    expect([session.status, store.notes]).toEqual(["completed", notes]);
  });

  it.each(["async", "exit"] as const)("%s: at each pause", async (durability) => {
    const { session, store } = begin(durability, plain);
    await session.step();
    await session.step();
    expect(store.notes.filter((note) => note === "hold")).toHaveLength(2);
    expect(store.latest(session.id)?.frontier.superstep).toBe(2);
  });

  it("async: what a store of one's own throws meanwhile is told once the handler that is waited for has ended", async () => {
    const handled: string[] = [];
    const slow: Handlers = {
      tick: async () => {
        handled.push("begun");
        await new Promise((resolve) => setTimeout(resolve, 5));
        handled.push("ended");
        return { count: 5 };
      },
    };
    const { session, store } = begin("async", slow);
    store.flush = () => {
      if (handled.length > 0) throw new TypeError("a fault of its own");
    };
    await expect(session.step()).rejects.toThrow("a fault of its own");
    expect(handled).toEqual(["begun", "ended"]);
  });

  it("async: before those who listen are told", async () => {
    const { session, store } = begin("async", plain);
    const seen: (readonly [number, number | undefined])[] = [];
    session.onDidChange(() => {
      const held = store.notes.at(-1) === "hold";
      seen.push([session.frontier.superstep, held ? undefined : store.latest(session.id)?.frontier.superstep]);
    });
    await session.continue();
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every(([shown, stored]) => stored !== undefined && stored >= shown)).toBe(true);
  });

  it("exit: results of siblings come with the checkpoint of their failure", async () => {
    const graph = { nodes: { a: {}, b: {} }, edges: { a: "@start -> a", b: "@start -> b" } };
    let calls = 0;
    const handlers: Handlers = {
      a: () => void (calls += 1),
      b: async () => {
        if (calls < 2) throw new Error("not yet");
      },
    };
    const store = new NotingStore();
    const given = { ...services(handlers, { store }), durability: "exit" as const };
    const session = RunSession.start(compile(graph), { graph: "g" }, given);
    await session.continue();
    calls = 2;
    const again = RunSession.resume(session.id, compile(graph), given);
    await again.continue();
    expect([session.status, again.status, calls]).toEqual(["failed", "completed", 2]);
  });
});

describe("a killed process", () => {
  it.each([
    ["sync", "shown", 0],
    ["async", "shown", 0],
    ["async", "waited", 1], // the superstep that waits is not finished yet
  ] as const)("%s: what was %s is there", async (durability, told, behind) => {
    const program = await bundle("test/unit/run/durable-process.ts", join(folder, "durable.mjs"));
    const directory = join(folder, "store");
    const numbers = await linesUntilKilled(program, [directory, durability, told], 40);
    const store = openSqliteStore(directory);
    const head = store.latest("run");
    expect(numbers.length).toBeGreaterThanOrEqual(40);
    expect(head?.frontier.superstep).toBeGreaterThanOrEqual(Math.max(...numbers) - behind);
    expect([store.verify(), store.lineage(head?.id ?? "").length]).toEqual([[], (head?.frontier.superstep ?? 0) + 1]);
    store.close();
  });
});

/** Kills the program once it has printed so many lines; the numbers of its whole lines. */
function linesUntilKilled(program: string, given: readonly string[], lines: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, [program, ...given], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.split("\n").length > lines) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(output.split("\n").slice(0, -1).map(Number)));
  });
}

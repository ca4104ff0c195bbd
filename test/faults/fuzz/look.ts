import { PatchbayError, RunSession, openSqliteStore } from "../../../runtime/index.js";
import { exportRun } from "../../../runtime/checkpoint/archive/export-run.js";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { rebuild } from "../../../runtime/checkpoint/rebuild.js";
import { compile } from "../../unit/run/harness.js";
import { counting } from "./graphs.js";
import { runs, servicesOn } from "./sound-store.js";

/** What was read without an error, by what it is. */
export type Read = Map<string, string>;

/** What was tried on a store. */
export interface Looked {
  readonly read: Read;
  /** Whatever was thrown that is not an error of ours. */
  readonly findings: readonly string[];
}

const MOST = { limit: 1_000_000 };

/** `begins` is told of each call before it is made. Reads all that there is, goes on with every run, and tidies up. Only `PatchbayError`s may be thrown on the way. */
export async function look(directory: string, begins: (what: string) => void): Promise<Looked> {
  const [read, findings]: [Read, string[]] = [new Map(), []];
  const attempt = async <Result>(what: string, work: () => Result | Promise<Result>): Promise<Result | undefined> => {
    begins(what);
    try {
      const result = await work();
      read.set(what, JSON.stringify(result) ?? "");
      return result;
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError))
        findings.push(`${what}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
      return undefined;
    }
  };
  const store = await attempt("open", () => openSqliteStore(directory));
  read.delete("open");
  if (store === undefined) return { read, findings };
  await readAll(store, attempt);
  for (const run of Object.keys(runs)) await attempt(`go on with ${run}`, () => goOn(store, run));
  await attempt("prune", () => Object.keys(runs).map((run) => store.prune(run, 3)));
  await attempt("verify again", () => void store.verify());
  for (const run of Object.keys(runs)) await attempt(`delete ${run}`, () => store.deleteRun(run));
  await attempt("reclaim", () => store.reclaim());
  await attempt("close", () => store.close());
  return { read, findings };
}

type Attempt = <Result>(what: string, work: () => Result | Promise<Result>) => Promise<Result | undefined>;

async function readAll(store: CheckpointStore, attempt: Attempt): Promise<void> {
  await attempt("runs", () => store.runs());
  await attempt("verify", () => store.verify().length);
  await attempt("sizes", () => store.sizes());
  await attempt("cached", () => store.cached("cached", 0));
  for (const run of [...Object.keys(runs), "none"]) await readRun(store, run, attempt);
}

async function readRun(store: CheckpointStore, run: string, attempt: Attempt): Promise<void> {
  await attempt(`run ${run}`, () => store.run(run));
  await attempt(`trace ${run}`, () => store.trace(run));
  await attempt(`entries ${run}`, () => store.traceEntries(run, MOST));
  await attempt(`tree ${run}`, () => store.tree(run));
  await attempt(`last ${run}`, () => store.lastSeq(run));
  await attempt(`latest ${run}`, () => store.latest(run));
  await attempt(`export ${run}`, () => [...exportRun(store, run)].length);
  const inside = (await attempt(`nested ${run}`, () => store.nested(run))) ?? [];
  const list = (await attempt(`list ${run}`, () => store.list(run, MOST))) ?? [];
  const some = list.filter((_, place) => place % 20 === 0 || place < 6);
  for (const { id } of some) {
    await attempt(`load ${id}`, () => store.load(id));
    await attempt(`rebuild ${id}`, () => rebuild(id, (each) => store.load(each)).values);
    await attempt(`lineage ${id}`, () => store.lineage(id).map((each) => each.id));
    await attempt(`trace to ${id}`, () => store.trace(run, id));
    await attempt(`history ${id}`, () => store.channelHistory(id, "log"));
    await attempt(`events ${id}`, () => store.eventsOf(id));
    await attempt(`results ${id}`, () => store.results(run, id));
    await attempt(`begun ${id}`, () => store.nested(run, id));
  }
  for (const { id } of inside) if (id !== run) await attempt(`inside ${id}`, () => store.latest(id));
  for (const revision of new Set(some.map((each) => each.revision))) await attempt(`document ${revision}`, () => store.document(revision));
}

/** Takes a run up, answers what it asks, and drives it for a while. */
async function goOn(store: CheckpointStore, run: string): Promise<string> {
  const session = RunSession.resume(run, compile(runs[run] ?? counting), { ...servicesOn(store), ids: { next: fresh() } });
  for (let tries = 0; tries < 4 && session.status !== "completed" && session.blocked === undefined; tries += 1) {
    for (const { key, actions } of session.openQuestions) session.decide(key, { action: actions[0] ?? "approve", actor: "test" });
    await session.continue();
  }
  return session.status;
}

let lastFresh = 0;
const fresh = () => (): string => `n${String((lastFresh += 1)).padStart(6, "0")}`;

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore } from "../../../runtime/index.js";
import { inProject } from "../../../scripts/layout.mjs";
import type { EffectsServer } from "./effects-server.js";
import { finishedIn } from "./finished-work.js";
import { innerText, outerText } from "./graphs.js";
import { finalState, judgeEnd, judgeLife, type Findings, type Undisturbed } from "./judge.js";
import { live, type Running } from "./life.js";
import type { Fault, ProgramTerms } from "./protocol.js";
import type { Scenario } from "./scenario.js";

/** What scenarios are played with. */
export interface Stage {
  /** A folder that is theirs. */
  readonly folder: string;
  /** The bundled programs. */
  readonly program: string;
  readonly handlerProcess: string;
  readonly server: EffectsServer;
}

/** What a scenario came to. */
export interface Played {
  readonly hostKills: number;
  readonly handlerKills: number;
  readonly findings: Findings;
}

/** Kills a run as often as its scenario says, or until something is found wrong, and lets it go to its end. */
export async function play(stage: Stage, scenario: Scenario, fault?: Fault): Promise<Played> {
  const undisturbed = await undisturbedRun(stage, scenario);
  const { name, terms } = prepare(stage, `${fault ?? "sound"}-${String(scenario.seed)}`, scenario);
  let running: Running | undefined;
  const effects = stage.server.listen(name, ({ pid }) => running?.heard(pid));
  const given = { ...terms, server: effects.url, ...(fault === undefined ? {} : { fault }) };
  const shows = scenario.durability !== "exit" && scenario.policy === "every-superstep";
  let [asked, hostKills, handlerKills] = [0, 0, 0];
  let before = lookInto(terms.store, finishedIn);
  for (;;) {
    const from = effects.told.length;
    running = live(stage.program, given, () => ((asked += 1) > scenario.kills ? undefined : scenario.nextInstant()));
    const life = await running.ended;
    handlerKills += life.handlersKilled;
    hostKills += life.end === "killed" ? 1 : 0;
    const findings = lookInto(terms.store, (store) => judgeLife(store, before, life, effects.told.slice(from), shows));
    const all = life.end === "killed" ? findings : [...findings, ...judgeEnd(life, effects, undisturbed)];
    if (life.end !== "killed" || all.length > 0) return { hostKills, handlerKills, findings: all };
    before = lookInto(terms.store, finishedIn);
  }
}

/** What a run does and comes to that nobody disturbs. */
async function undisturbedRun(stage: Stage, scenario: Scenario): Promise<Undisturbed> {
  const { name, terms } = prepare(stage, `undisturbed-${String(scenario.seed)}`, scenario);
  const effects = stage.server.listen(name, () => {});
  const life = await live(stage.program, { ...terms, server: effects.url }, () => undefined).ended;
  const state = finalState(life);
  if (state === undefined) throw new Error(`${JSON.stringify(life.lines.at(-1))} ${life.errors}`);
  return { names: [...effects.done.values()], state };
}

function prepare(
  { folder, handlerProcess }: Stage,
  name: string,
  { durability, policy, rounds }: Scenario,
): { readonly name: string; readonly terms: Omit<ProgramTerms, "server"> } {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "outer.patchbay.json"), outerText(policy));
  writeFileSync(join(own, "inner.patchbay.json"), innerText);
  copyFileSync(inProject("test", "fixtures", "kills", "effects.ts"), join(own, "effects.ts"));
  return { name, terms: { folder: own, store: join(own, "store"), handlerProcess, durability, rounds } };
}

function lookInto<Result>(directory: string, look: (store: ReturnType<typeof openSqliteStore>) => Result): Result {
  const store = openSqliteStore(directory);
  try {
    return look(store);
  } finally {
    store.close();
  }
}

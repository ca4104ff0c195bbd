import { parseArgs } from "node:util";
import { play, type Stage } from "./play.js";
import { scenarioOf } from "./scenario.js";
import { openStage } from "./stage.js";

/** Kills in one run, at most. */
const KILLS_A_RUN = 12;
/** Runs at a time. */
const SIDE_BY_SIDE = 2;

/** Kills runs until it has killed so often (`--kills`), prints a line for each run, and gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const options = {
    kills: { type: "string", default: "500" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const [wanted, first] = [Number(values.kills), Number(values.seed)];
  console.log(`seed ${String(first)}`);
  const stage = await openStage();
  try {
    const total = new Total();
    let seed = first;
    const one = async (): Promise<void> => {
      while (total.kills < wanted && total.faulty === 0) await playOne(stage, seed++, total);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one));
    console.log(total.line);
    return total.faulty === 0 ? 0 : 1;
  } finally {
    await stage.close();
  }
}

async function playOne(stage: Stage, seed: number, total: Total): Promise<void> {
  const scenario = scenarioOf(seed, KILLS_A_RUN);
  const { hostKills, handlerKills, findings } = await play(stage, scenario);
  total.runs += 1;
  total.hosts += hostKills;
  total.handlers += handlerKills;
  total.faulty += findings.length > 0 ? 1 : 0;
  const what = `${scenario.durability}, ${scenario.policy}, ${String(scenario.rounds)} rounds`;
  console.log(`${String(seed)}  ${what}: ${String(hostKills)} hosts and ${String(handlerKills)} handler processes killed`);
  for (const finding of findings) console.log(`  ${finding}`);
}

class Total {
  runs = 0;
  hosts = 0;
  handlers = 0;
  faulty = 0;

  get kills(): number {
    return this.hosts + this.handlers;
  }

  get line(): string {
    const { runs, kills, hosts, handlers, faulty } = this;
    return `${String(kills)} kills (${String(hosts)} hosts, ${String(handlers)} handler processes) in ${String(runs)} runs; something wrong in ${String(faulty)}`;
  }
}

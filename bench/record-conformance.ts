import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inProject } from "../scripts/layout.mjs";
import { play as playHere } from "../test/golden/langgraph/here.js";
import { LIMIT, randomGraph, type SmallGraph } from "../test/golden/langgraph/random-graph.js";
import { digestOf, nextMove, randomScenario, smaller, summary, type OpenScenario } from "../test/golden/langgraph/random-scenario.js";
import { answerTo, edgesOf, type Continued, type PausedEdit } from "../test/certify/twelve/paused-edit.js";
import { twelve } from "../test/certify/twelve/twelve.js";
import { inputsOf, toldBy, type MoveTrace, type NextMove } from "../test/golden/langgraph/scenario.js";
import { scenarios } from "../test/golden/langgraph/scenarios.js";
import pinned from "../test/golden/langgraph/pinned.json" with { type: "json" };
import { installPeers, peerName } from "./peer.js";

const GRAPHS = 3000;
const RANDOM_SCENARIOS = 2000;

interface GraphPeer {
  readonly traceOf: (graph: SmallGraph, limit: number) => Promise<string>;
}
interface ScenarioPeer {
  readonly play: (
    scenario: OpenScenario,
    nextMove: NextMove,
    common: { readonly toldBy: typeof toldBy; readonly inputsOf: typeof inputsOf },
  ) => Promise<readonly MoveTrace[]>;
}
interface EditPeer {
  readonly playEdit: (
    edit: PausedEdit,
    common: { readonly edgesOf: typeof edgesOf; readonly answerTo: typeof answerTo },
  ) => Promise<Continued>;
}

/** Records what LangGraph.js does with each small graph, scenario and edit, as the golden data of the conformance tests. Gives the exit code. */
export async function main(): Promise<number> {
  const fault = await installPeers();
  if (fault !== undefined) {
    console.error(fault);
    return 1;
  }
  await recordEdits(await load<EditPeer>("edits.mjs"));
  await recordGraphs(await load<GraphPeer>("conformance.mjs"));
  const peer = await load<ScenarioPeer>("scenarios.mjs");
  const there = async (scenario: OpenScenario): Promise<string> => summary(await peer.play(scenario, nextMove, { toldBy, inputsOf }));
  await recordScenarios(peer);
  const pins = [...pinned.scenarios, ...(await recordRandom(there))];
  const again: object[] = [];
  for (const { why, scenario } of pins) again.push({ why, scenario, there: await there(scenario) });
  write("pinned.json", { scenarios: again }, 1);
  return 0;
}

async function recordGraphs({ traceOf }: GraphPeer): Promise<void> {
  const traces: string[] = [];
  for (let seed = 0; seed < GRAPHS; seed += 1) traces.push(await traceOf(randomGraph(seed), LIMIT));
  write("traces.json", { limit: LIMIT, traces }, 1);
}

async function recordEdits({ playEdit }: EditPeer): Promise<void> {
  const continued: Record<string, Continued> = {};
  for (const edit of twelve) continued[edit.name] = await playEdit(edit, { edgesOf, answerTo });
  write("edits.json", { continued }, 1);
}

async function recordScenarios({ play }: ScenarioPeer): Promise<void> {
  const traces: Record<string, readonly MoveTrace[]> = {};
  for (const [name, scenario] of Object.entries(scenarios)) {
    traces[name] = await play(scenario, (_before, moves) => scenario.moves[moves], { toldBy, inputsOf });
  }
  write("scenarios.json", { traces }, 1);
}

/** Records digests alone: whole traces would be large, and are shown where one differs. Gives what to pin. */
async function recordRandom(there: (scenario: OpenScenario) => Promise<string>): Promise<typeof pinned.scenarios> {
  const digests: string[] = [];
  const pins: { why: string; scenario: OpenScenario; there: string }[] = [];
  const differs = async (scenario: OpenScenario): Promise<boolean> =>
    (await there(scenario)) !== summary(await playHere(scenario, nextMove));
  for (let seed = 0; seed < RANDOM_SCENARIOS; seed += 1) {
    const scenario = randomScenario(seed);
    digests.push(digestOf(await there(scenario)));
    if (!(await differs(scenario))) continue;
    const least = await shrink(scenario, differs);
    console.error(`Seed ${seed} differs; the least that does: ${JSON.stringify(least)}`);
    pins.push({ why: `Seed ${seed}.`, scenario: least, there: await there(least) });
  }
  write("random-scenarios.json", { digests: digests.join("") });
  return pins as typeof pinned.scenarios;
}

/** The smallest scenario that taking things away leads to and that still differs. */
async function shrink(scenario: OpenScenario, differs: (scenario: OpenScenario) => Promise<boolean>): Promise<OpenScenario> {
  for (const candidate of smaller(scenario)) if (await differs(candidate)) return shrink(candidate, differs);
  return scenario;
}

async function load<Peer>(name: string): Promise<Peer> {
  return (await import(pathToFileURL(inProject("bench", "peers", name)).href)) as Peer;
}

function write(name: string, golden: object, indent?: number): void {
  writeFileSync(
    inProject("test", "golden", "langgraph", name),
    `${JSON.stringify({ recordedFrom: peerName, ...golden }, undefined, indent)}\n`,
  );
  console.log(`${name} recorded from ${peerName}`);
}

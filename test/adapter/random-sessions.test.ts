// Debug sessions that nobody planned: after each command the run stands where a fresh one stands, to which the same was done by the library.
//
// 1. Going back leaves what was done since out: of each superstep the last stand at its end counts. An edited graph is no stand.
// 2. The graph is what it is now, wherever the run goes back to.
import type { DebugProtocol } from "@vscode/debugprotocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import { ProtocolWire } from "../support/protocol-wire.js";
import type { Handlers } from "../unit/run/harness.js";
import { openDebuggee, type Debuggee } from "./debuggee.js";
import { branchesOf, doAll, viewOf, type Deed, type LibraryRun, type Stand } from "./library-run.js";

const SESSIONS = 42;
const COMMANDS = 25;

const channels = { n: { schema: { type: "number" }, default: 0 }, log: { schema: { type: "array" }, reducer: "append" } };
const nodes = { a: {}, b: {}, c: {}, sub: { kind: "subgraph", graph: "./inner" }, z: { join: "any" } };
const edges = { s: "@start -> a", ab: "a -> b", bz: "b -> z when n < 40.0", cz: "c -> z", sz: "sub -> z" };
/** What the graph is redrawn to: where `a` and `z` lead. */
const variants: readonly ShortGraph[] = [
  { ac: "a -> c", za: "z -> a" },
  { ac: "a -> sub", za: "z -> a when n < 60.0", zc: "z -> c else" },
  { ac: "a -> z when n > 9.0", za: "z -> sub" },
  { ac: "a -> c when n > 5.0", az: "a -> sub else", za: "z -> a" },
].map((more) => ({ channels, nodes, edges: { ...edges, ...more } }));
const first = variants[0] as ShortGraph;
const inner: ShortGraph = {
  channels,
  nodes: { x: {}, y: {}, w: {} },
  edges: { s: "@start -> x", xy: "x -> y", xw: "x -> w when n > 7.0" },
};

const adds =
  (node: string, by: number): Handlers[string] =>
  (state) => {
    if (node === "c" && Number(state["n"]) % 7 === 6) throw new Error("c does not like that");
    return node === "b" || node === "y" ? { log: [node] } : { n: Number(state["n"]) + by, log: [node] };
  };
const handlers: Handlers = {
  a: adds("a", 1),
  b: adds("b", 0),
  c: adds("c", 2),
  z: adds("z", 3),
  x: adds("x", 1),
  y: adds("y", 0),
  w: adds("w", 5),
};
const given = { graphs: { "./inner": inner } };

/** Where `continue` and `reverseContinue` stop. */
const CONDITION = "run.superstep % 3 == 1";
const stopsAt = ({ superstep, due, open }: Stand): boolean => !open && superstep % 3 === 1 && (due.includes("a") || due.includes("z"));

type Kind =
  | "next"
  | "alone"
  | "stepIn"
  | "stepOut"
  | "stepBack"
  | "reverseContinue"
  | "continue"
  | "setVariable"
  | "goto"
  | "restartFrame"
  | "rewire"
  | "restart";

/** A command; the numbers choose what it is about. */
interface Command {
  readonly kind: Kind;
  readonly branch: number;
  readonly choice: number;
}

const often: readonly Kind[] = [
  "next",
  "next",
  "alone",
  "stepIn",
  "stepIn",
  "stepOut",
  "stepBack",
  "stepBack",
  "continue",
  "setVariable",
  "goto",
  "restartFrame",
  "rewire",
];
const command = fc.record({
  kind: fc.constantFrom<Kind>(...often, ...often, "reverseContinue", "restart"),
  branch: fc.nat(7),
  choice: fc.nat(20),
});

/** A debugger on one run, and what was done to it as the library does it. */
class Session {
  readonly #debuggee: Debuggee;
  readonly #wire: ProtocolWire;
  #stopped: (() => void) | undefined;
  #graph = first;
  /** What the run began under. */
  #begun = first;
  #deeds: readonly Deed[] = [];
  #library: LibraryRun | undefined;

  constructor(debuggee: Debuggee) {
    this.#debuggee = debuggee;
    this.#wire = new ProtocolWire(debuggee.port, (message) => {
      if ("event" in message && (message.event === "stopped" || message.event === "terminated")) this.#stopped?.();
    });
  }

  async begin(): Promise<void> {
    await this.#ask("initialize", { adapterID: "patchbay", pathFormat: "path" });
    await this.#launch();
    const lines = ["a", "z"].map((node) => ({ line: this.#debuggee.line(node), condition: CONDITION }));
    await this.#ask("setBreakpoints", { source: { path: this.#debuggee.path }, breakpoints: lines });
  }

  close(): void {
    this.#wire.close();
    this.#debuggee.close();
  }

  /** Does it both ways, and compares. */
  async play({ kind, branch, choice }: Command): Promise<void> {
    const library = this.#library;
    const all = library === undefined ? [] : branchesOf(library.session);
    const chosen = all[branch % Math.max(1, all.length)];
    if (kind === "restart" || chosen === undefined) await this.#launch();
    else await this.#playOn(kind, chosen, choice);
    await this.#compare();
  }

  async #playOn(
    kind: Exclude<Kind, "restart">,
    { name, path }: { readonly name: string; readonly path: readonly string[] },
    choice: number,
  ): Promise<void> {
    const { threadId, frameId } = await this.#frame(name);
    const stands = this.#library?.stands ?? [];
    switch (kind) {
      case "next":
        await this.#moved("next", { threadId });
        return this.#do(into(path.slice(0, -1)));
      case "alone":
        await this.#moved("next", { threadId, singleThread: true });
        return this.#do(into(path));
      case "stepIn":
        await this.#moved("stepIn", { threadId });
        return this.#do(into(path));
      case "stepOut":
        await this.#moved("stepOut", { threadId });
        return this.#do(into(path.slice(0, -2)));
      case "continue":
        await this.#moved("continue", { threadId });
        return this.#goOn();
      case "stepBack":
        await this.#moved("stepBack", { threadId });
        return this.#goBack(stands, () => true);
      case "reverseContinue":
        await this.#moved("reverseContinue", { threadId });
        return this.#goBack(stands, stopsAt);
      case "setVariable": {
        const { scopes } = (await this.#ask("scopes", { frameId })).body as DebugProtocol.ScopesResponse["body"];
        await this.#ask("setVariable", { variablesReference: scopes[0]?.variablesReference, name: "n", value: String(choice) });
        return this.#do({ do: "edit", path, values: { n: choice } });
      }
      case "goto":
        return this.#goTo(threadId, path, choice);
      case "restartFrame":
        await this.#moved("restartFrame", { frameId });
        return this.#do({ do: "restart", path });
      case "rewire":
        this.#graph = variants[choice % variants.length] ?? first;
        this.#debuggee.edit(this.#graph);
        return this.#do({ do: "plan", graph: this.#graph });
    }
  }

  /** To another node of the graph that the branch is in; a node that has run in the open superstep is refused, both ways. */
  async #goTo(threadId: number, path: readonly string[], choice: number): Promise<void> {
    const inside = path.length > 1;
    const names = Object.keys(inside ? inner.nodes : nodes);
    const node = names[choice % names.length] ?? "";
    const source = { path: inside ? "/graphs/inner" : this.#debuggee.path };
    const line = this.#debuggee.line(node, inside ? "./inner" : undefined);
    const { targets } = (await this.#ask("gotoTargets", { source, line })).body as DebugProtocol.GotoTargetsResponse["body"];
    const stopped = this.#stop();
    const { success, message = "" } = await this.#wire.ask("goto", { threadId, targetId: targets[0]?.id });
    if (success) {
      await stopped;
      this.#do({ do: "move", path, node });
    } else {
      expect(message).toMatch(/TASK_FINISHED/);
      await expect(doAll(this.#begun, handlers, given, [...this.#deeds, { do: "move", path, node }])).rejects.toThrow(
        /has run in this superstep/,
      );
    }
  }

  async #launch(): Promise<void> {
    const stopped = this.#stop();
    await this.#ask("launch", { graph: this.#debuggee.path, stopOnEntry: true });
    await this.#ask("configurationDone");
    await stopped;
    this.#begun = this.#graph;
    this.#deeds = [];
    this.#library = await doAll(this.#begun, handlers, given, []);
  }

  #do(...deeds: readonly Deed[]): void {
    this.#deeds = [...this.#deeds, ...deeds];
  }

  /** Step by step until it stops. */
  async #goOn(): Promise<void> {
    for (;;) {
      this.#do({ do: "step" });
      const { session, stands } = await doAll(this.#begun, handlers, given, this.#deeds);
      if (session.status !== "paused" || stopsAt(stands.at(-1) ?? nowhere)) return;
    }
  }

  /** Invariants 1 and 2. */
  #goBack(stands: readonly Stand[], stops: (stand: Stand) => boolean): void {
    let below = stands.at(-1)?.superstep ?? 0;
    let kept: readonly Deed[] | undefined;
    for (let count = this.#deeds.length; count >= 0; count -= 1) {
      const stand = stands[count] ?? nowhere;
      if (stand.open || stand.superstep >= below || (count > 0 && this.#deeds[count - 1]?.do === "plan")) continue;
      below = stand.superstep;
      kept = this.#deeds.slice(0, count);
      if (stops(stand)) break;
    }
    if (kept !== undefined) this.#deeds = [...kept, { do: "plan", graph: this.#graph }];
  }

  /** A fresh run, taken to the same point, stands as the debugged one does; and the debugger shows it so. */
  async #compare(): Promise<void> {
    this.#library = await doAll(this.#begun, handlers, given, this.#deeds);
    const { session } = this.#library;
    expect(viewOf(this.#debuggee.run)).toEqual(viewOf(session));
    const { threads } = (await this.#ask("threads")).body as DebugProtocol.ThreadsResponse["body"];
    const names = branchesOf(session).map(({ name }) => name);
    expect(threads.map(({ name }) => name)).toEqual(names.length === 0 ? ["Run"] : names);
  }

  async #frame(name: string): Promise<{ readonly threadId: number; readonly frameId: number }> {
    const { threads } = (await this.#ask("threads")).body as DebugProtocol.ThreadsResponse["body"];
    const threadId = threads.find((thread) => thread.name === name)?.id ?? 0;
    const { stackFrames } = (await this.#ask("stackTrace", { threadId })).body as DebugProtocol.StackTraceResponse["body"];
    return { threadId, frameId: stackFrames[0]?.id ?? 0 };
  }

  async #moved(request: string, args: object): Promise<void> {
    const stopped = this.#stop();
    await this.#ask(request, args);
    await stopped;
  }

  #stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stopped = resolve;
    return promise;
  }

  async #ask(request: string, args: object = {}): Promise<DebugProtocol.Response> {
    const response = await this.#wire.ask(request, args);
    if (!response.success) throw new Error(`${request}: ${response.message ?? ""}`);
    return response;
  }
}

const nowhere: Stand = { superstep: 0, open: true, due: [] };

function into(path: readonly string[]): Deed {
  return path.length === 0 ? { do: "step" } : { do: "into", path };
}

test(`${SESSIONS * COMMANDS} commands in ${SESSIONS} sessions`, async () => {
  let played = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: COMMANDS, maxLength: COMMANDS }), async (commands) => {
      const session = new Session(await openDebuggee(first, handlers, given));
      try {
        await session.begin();
        for (const each of commands) await session.play(each);
        played += commands.length;
      } finally {
        session.close();
      }
    }),
    { numRuns: SESSIONS, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: false },
  );
  expect(played).toBeGreaterThanOrEqual(1_000);
});

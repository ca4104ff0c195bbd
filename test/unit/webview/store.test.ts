import * as v from "valibot";
import { expect, test } from "vitest";
import type { Intent } from "../../../runtime/document/intent.js";
import type { RequestResult } from "../../../webview/protocol/messages.js";
import { Channel, RequestError, type Host } from "../../../webview/store/channel.js";
import { Session } from "../../../webview/store/session.js";
import { createCanvasStore, type CanvasStore } from "../../../webview/store/store.js";
import { edge, graphOf, node, runOf } from "../../webview/samples.js";

type Answer = RequestResult<"graph/edit">;

/** A host that answers edits when told to. */
class SlowHost implements Host {
  readonly revisions: number[] = [];
  readonly chains: (number | undefined)[] = [];
  readonly #answers: ((answer: Answer) => void)[] = [];

  command(): void {}

  request(_name: string, params: { readonly revision?: number; readonly chain?: number }): Promise<never> {
    this.revisions.push(params.revision ?? -1);
    this.chains.push(params.chain);
    return new Promise<Answer>((resolve) => this.#answers.push(resolve)) as Promise<never>;
  }

  async answer(answer: Answer): Promise<void> {
    this.#answers.shift()?.(answer);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const graph = graphOf([node("a"), node("b", {}, [300, 0])], [edge("e1", "a", "b")], { revision: 5 });
const move = (x: number): Intent[] => [{ type: "node/move", positions: { a: [x, 0] } }];
const placeOfA = (store: CanvasStore): number | undefined => store.getState().shown?.nodes.find(({ id }) => id === "a")?.position[0];

function open(): { readonly host: SlowHost; readonly store: CanvasStore } {
  const host = new SlowHost();
  const store = createCanvasStore(host);
  store.getState().receiveGraph(graph, true);
  return { host, store };
}

test("edits are seen and sent at once, and each stays until its echo", async () => {
  const { host, store } = open();
  store.getState().edit(move(20));
  store.getState().edit(move(40));
  expect([placeOfA(store), host.revisions]).toEqual([40, [5, 5]]);
  await host.answer({ ok: true, revision: 6 });
  await host.answer({ ok: true, revision: 7 });
  expect(placeOfA(store)).toBe(40);
  expect(store.getState().edits.pending).toHaveLength(2);
  store.getState().receiveGraph({ ...graph, revision: 6 });
  expect(store.getState().edits.pending).toHaveLength(1);
  // The document says otherwise than the edit did: at the echo the document is right.
  store.getState().receiveGraph({ ...graph, revision: 7 });
  expect([placeOfA(store), store.getState().edits.pending]).toEqual([0, []]);
});

test("an echo that overtakes its answer ends the edit at the answer", async () => {
  const { host, store } = open();
  store.getState().edit(move(20));
  store.getState().receiveGraph({ ...graph, revision: 6 });
  expect(store.getState().edits.pending).toHaveLength(1);
  await host.answer({ ok: true, revision: 6 });
  expect(store.getState().edits.pending).toEqual([]);
});

test("a refused edit takes the ones behind it along, and says why", async () => {
  const { host, store } = open();
  store.getState().edit(move(20));
  store.getState().edit(move(40));
  await host.answer({ ok: false, code: "EDIT_REFUSED", message: "Somebody was first." });
  expect([placeOfA(store), store.getState().notice]).toEqual([0, "Somebody was first."]);
  store.getState().edit(move(60)); // on the graph as it is: of another chain
  await host.answer({ ok: false, code: "EDIT_REFUSED", message: "An edit before this one was refused." });
  expect([placeOfA(store), store.getState().notice]).toEqual([60, "Somebody was first."]);
  const [first, second, third] = host.chains;
  expect([second === first, third === first]).toEqual([true, false]);
});

test("a read-only graph refuses by itself", () => {
  const { host, store } = open();
  store.getState().receiveGraph({ ...graph, readOnly: true });
  store.getState().edit(move(20));
  expect([placeOfA(store), host.revisions]).toEqual([0, []]);
});

test("an older graph or run that arrives late is dropped", () => {
  const { store } = open();
  store.getState().receiveGraph({ ...graph, revision: 4, title: "old" });
  store.getState().receiveRun(runOf({ sequence: 3 }));
  store.getState().receiveRun(runOf({ sequence: 2, status: "failed" }));
  expect([store.getState().shown?.title, store.getState().run.status]).toEqual(["Sample", "paused"]);
});

test("what did not change keeps its identity", () => {
  const { store } = open();
  const [a, b] = store.getState().shown?.nodes ?? [];
  const next = structuredClone(graph);
  store.getState().receiveGraph({
    ...next,
    revision: 6,
    nodes: [node("z"), ...next.nodes.map((view) => (view.id === "b" ? { ...view, label: "Bee" } : view))],
  });
  const after = store.getState().shown?.nodes ?? [];
  expect(after.map(({ id }) => id)).toEqual(["z", "a", "b"]);
  expect([after[1] === a, after[2] === b, after[2]?.fields === b?.fields]).toEqual([true, false, true]);
});

test("a selection loses what the graph loses", () => {
  const { store } = open();
  store.getState().select({ nodes: ["a", "@end"], edges: ["e1"] });
  store.getState().edit([{ type: "node/remove", ids: ["a"] }]);
  expect(store.getState().selection).toEqual({ nodes: ["@end"], edges: [] });
});

/** A channel with a wire that is read and fed by hand. */
function wire(timeoutMs?: number) {
  const posted: unknown[] = [];
  let feed: (message: unknown) => void = () => undefined;
  const port = {
    post: (message: unknown) => void posted.push(message),
    listen: (receive: (message: unknown) => void) => {
      feed = receive;
      return () => undefined;
    },
    recall: () => undefined,
    remember: () => undefined,
  };
  return { port, channel: new Channel(port, timeoutMs), posted, feed: (message: unknown) => feed(message) };
}

const load = (channel: Channel): Promise<unknown> =>
  channel.request("view/load", {}).catch((error: unknown) => (error instanceof RequestError ? error.code : error));

test("a request is answered, refused, malformed, timed out or disposed, but always settles", async () => {
  const { channel, feed } = wire(5);
  const answers = [load(channel), load(channel), load(channel)];
  feed({ kind: "response", id: 1, error: { code: "STORE", message: "no" } });
  feed({ kind: "response", id: 2, result: { graph: 3 } });
  expect(await Promise.all(answers)).toEqual(["STORE", "PROTOCOL", "TIMEOUT"]);
  const last = load(channel);
  channel.dispose();
  expect([await last, await load(channel)]).toEqual(["DISPOSED", "DISPOSED"]);
});

test("a canvas that shows nothing asks until it is answered", async () => {
  const { port, channel, posted, feed } = wire(5);
  const store = createCanvasStore(channel);
  const loaded = new Session(channel, store, port).load();
  await expect.poll(() => posted.length).toBeGreaterThan(2);
  const asked = posted.filter((message) => v.is(v.object({ name: v.literal("view/load"), id: v.number() }), message));
  expect(asked).toHaveLength(posted.length);
  feed({ kind: "response", id: posted.length, error: { code: "STORE", message: "There is no store." } });
  await loaded;
  expect(store.getState().notice).toBe("There is no store.");
  channel.dispose();
});

test("a malformed notification reaches nobody but the host", () => {
  const { channel, feed, posted } = wire();
  channel.on("graph/changed", () => expect.unreachable());
  feed({ kind: "notification", name: "graph/changed", params: { revision: "one" } });
  feed("nonsense");
  expect(posted).toMatchObject([{ name: "webview/failed" }, { name: "webview/failed" }]);
  channel.dispose();
});

const unchanged = { put: [], removed: [] };

test("what changed of the graph is taken where it was counted from, and all else is the same", () => {
  const { store } = open();
  const [a, b] = graph.nodes;
  const lists = {
    nodes: { put: [node("b", {}, [300, 40])], removed: [] },
    edges: { put: [], removed: ["e1"] },
    notes: unchanged,
    groups: unchanged,
  };
  expect(store.getState().receivePatch({ base: 4, revision: 6, fields: {}, ...lists })).toBe(false);
  expect(store.getState().graph).toEqual(graph);
  expect(store.getState().receivePatch({ base: 5, revision: 6, fields: { title: "New" }, ...lists })).toBe(true);
  const { graph: now } = store.getState();
  expect(now).toEqual({ ...graph, revision: 6, title: "New", nodes: [a, { ...b, position: [300, 40] }], edges: [] });
  expect(now?.nodes[0]).toBe(store.getState().shown?.nodes[0]);
});

test("a patch is an echo, too", async () => {
  const { host, store } = open();
  store.getState().edit(move(20));
  await host.answer({ ok: true, revision: 6 });
  const nodes = { put: [node("a", {}, [20, 0])], removed: [] };
  store.getState().receivePatch({ base: 5, revision: 6, fields: {}, nodes, edges: unchanged, notes: unchanged, groups: unchanged });
  expect([placeOfA(store), store.getState().edits.pending]).toEqual([20, []]);
});

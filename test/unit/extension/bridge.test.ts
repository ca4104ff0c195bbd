import { describe, expect, it } from "vitest";
import { PatchbayError } from "../../../runtime/errors.js";
import { Bridge } from "../../../extension/bridge/bridge.js";
import { ManualClock } from "../../support/manual-clock.js";
import { FakeHost } from "./fake-host.js";
import { FakePanel } from "./fake-panel.js";

const load = { kind: "request", id: 1, name: "view/load", params: {} };
const edit = { kind: "request", id: 2, name: "graph/edit", params: { revision: 3, intents: [{ type: "title/set", title: "New" }] } };

function open() {
  const [panel, host, clock] = [new FakePanel(), new FakeHost(), new ManualClock()];
  return { panel, host, clock, bridge: new Bridge(panel, host, clock) };
}

function loaded() {
  const opened = open();
  opened.panel.send(load);
  opened.panel.take();
  opened.clock.advance(1000);
  return opened;
}

/** Lets promises settle. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("requests", () => {
  it("answers view/load with everything", () => {
    const { panel, host } = open();
    panel.send(load);
    expect(panel.posted).toEqual([
      {
        kind: "response",
        id: 1,
        result: { graph: host.graph(), run: host.run(), compile: host.compile(), debug: host.debug(), way: host.way() },
      },
    ]);
  });

  it("answers who wrote the channels, and why that cannot be found out", () => {
    const { panel, host } = open();
    panel.send({ kind: "request", id: 5, name: "blame/load", params: {} });
    host.blame = () => {
      throw new PatchbayError("CORRUPTED", "damaged");
    };
    panel.send({ kind: "request", id: 6, name: "blame/load", params: {} });
    const writers = { note: { text: "send, superstep 3", details: "" } };
    expect(panel.posted).toEqual([
      { kind: "response", id: 5, result: { checkpoint: "c", writers } },
      { kind: "response", id: 6, error: { code: "CORRUPTED", message: "damaged" } },
    ]);
    expect(host.failures).toHaveLength(1);
  });

  it("answers what the palette offers and how files are named, and why that cannot be said", async () => {
    const { panel, host } = open();
    panel.send({ kind: "request", id: 5, name: "palette/load", params: {} });
    panel.send({ kind: "request", id: 6, name: "files/place", params: { uris: ["file:///a.ts"] } });
    host.palette = () => Promise.reject(new Error("gone"));
    panel.send({ kind: "request", id: 7, name: "palette/load", params: {} });
    await settled();
    expect(panel.posted).toEqual([
      { kind: "response", id: 5, result: { handlers: [], graphs: [], snippets: [], recent: [], faults: [] } },
      { kind: "response", id: 6, result: { files: [], refused: ["file:///a.ts"] } },
      { kind: "response", id: 7, error: { code: "STORE", message: "gone" } },
    ]);
    expect(host.failures).toHaveLength(1);
  });

  it("has a canvas that is in view do what a command asks", () => {
    const { panel, bridge } = open();
    bridge.perform({ action: "tidy" });
    panel.send(load);
    panel.take();
    bridge.perform({ action: "paste", text: "x" });
    expect(panel.posted).toEqual([{ kind: "notification", name: "canvas/perform", params: { action: "paste", text: "x" } }]);
  });

  it("asks a canvas for a picture once it has loaded, and gives what it drew", async () => {
    const { panel, bridge } = open();
    const png = bridge.draw("<svg/>", { width: 20, height: 10 });
    expect(panel.posted).toEqual([]);
    panel.send(load);
    const wanted = { kind: "notification", name: "picture/wanted", params: { picture: 1, svg: "<svg/>", width: 20, height: 10 } };
    expect(panel.posted).toContainEqual(wanted);
    panel.take();
    bridge.hidden();
    panel.send(load); // what was asked before it was hidden may be lost
    expect(panel.posted).toContainEqual(wanted);
    panel.send({ kind: "command", name: "picture/drawn", params: { ok: true, picture: 1, png: Uint8Array.of(1, 2) } });
    expect(await png).toEqual(Uint8Array.of(1, 2));
  });

  it("says why there is no picture: it cannot be drawn, or the canvas is closed", async () => {
    const { panel, bridge } = loaded();
    const bad = bridge.draw("<svg", { width: 1, height: 1 });
    const late = bridge.draw("<svg/>", { width: 1, height: 1 });
    panel.send({ kind: "command", name: "picture/drawn", params: { ok: false, picture: 1, message: "no picture" } });
    bridge.dispose();
    await expect(bad).rejects.toThrow("no picture");
    await expect(late).rejects.toThrow("closed");
  });

  it("answers an edit with the host's outcome", async () => {
    const { panel } = open();
    panel.send(edit);
    await settled();
    expect(panel.posted).toEqual([{ kind: "response", id: 2, result: { ok: true, revision: 4 } }]);
  });

  it("answers an edit that throws with an error", async () => {
    const { panel, host } = open();
    host.answer = () => Promise.reject(new Error("gone"));
    panel.send(edit);
    await settled();
    expect(panel.posted).toEqual([{ kind: "response", id: 2, error: { code: "EDIT_REFUSED", message: "gone" } }]);
    expect(host.failures).toHaveLength(1);
  });

  it.each([
    ["parameters that do not fit", { ...edit, params: { revision: "3", intents: [] } }, ["2 BAD_PARAMS"]],
    ["an intent that is not in the protocol", { ...edit, params: { revision: 3, intents: [{ type: "node/explode" }] } }, ["2 BAD_PARAMS"]],
    ["a name that is not in the protocol", { ...edit, name: "graph/explode" }, ["2 UNKNOWN_REQUEST"]],
    ["no message at all", "hello", []],
  ])("refuses %s", (_what, message, answers) => {
    const { panel } = open();
    panel.send(message);
    expect(panel.take()).toEqual(answers);
  });

  it("answers what is open on disposal, once", async () => {
    const { panel, host, bridge } = open();
    let finish = (): void => undefined;
    host.answer = () => new Promise((resolve) => (finish = () => resolve({ ok: true, revision: 4 })));
    panel.send(edit);
    bridge.dispose();
    finish();
    await settled();
    expect(panel.take()).toEqual(["2 DISPOSED"]);
  });
});

describe("an edit under way", () => {
  it("holds back what it changes until it is answered", async () => {
    const { panel, host } = loaded();
    host.answer = ({ revision }) => {
      for (const part of ["graph", "compile", "graph"] as const) host.changed.fire(part);
      return Promise.resolve({ ok: true, revision: revision + 1 });
    };
    panel.send(edit);
    expect(panel.take()).toEqual([]);
    await settled();
    expect(panel.take()).toEqual(["2 ok", "graph/patched", "compile/changed"]);
  });

  it("holds nothing back when it takes long", async () => {
    const { panel, host, clock } = loaded();
    host.answer = () => new Promise(() => undefined);
    panel.send(edit);
    host.changed.fire("graph");
    clock.advance(99);
    expect(panel.take()).toEqual([]);
    clock.advance(1);
    expect(panel.take()).toEqual(["graph/patched"]);
    host.changed.fire("run");
    expect(panel.take()).toEqual(["run/changed"]);
    await settled();
  });
});

describe("commands", () => {
  it("hands a valid one to the host", () => {
    const { panel, host } = open();
    panel.send({ kind: "command", name: "question/decide", params: { key: "approve", action: "reject", value: { why: 1 } } });
    expect(host.commands).toEqual([{ name: "question/decide", params: { key: "approve", action: "reject", value: { why: 1 } } }]);
  });

  it.each([
    { kind: "command", name: "question/decide", params: { key: 1 } },
    { kind: "command", name: "no/such", params: {} },
  ])("keeps a broken one from the host: $name", (message) => {
    const { panel, host } = open();
    panel.send(message);
    expect(host.commands).toEqual([]);
    expect(host.failures).toHaveLength(1);
  });

  it("hands over none after disposal", () => {
    const { panel, host, bridge } = open();
    bridge.dispose();
    panel.send({ kind: "command", name: "run/start", params: {} });
    expect(host.commands).toEqual([]);
  });
});

describe("notifications", () => {
  it("are not posted before the canvas has loaded", () => {
    const { panel, host } = open();
    host.changed.fire("graph");
    expect(panel.take()).toEqual([]);
  });

  it("tell of each part that changes", () => {
    const { panel, host } = loaded();
    host.changed.fire("graph");
    host.changed.fire("run");
    host.changed.fire("compile");
    expect(panel.take()).toEqual(["graph/patched", "run/changed", "compile/changed"]);
  });

  it("thin a burst of run changes to one a frame, and post the last", () => {
    const { panel, host, clock } = loaded();
    for (host.sequence = 1; host.sequence <= 100; host.sequence += 1) host.changed.fire("run");
    clock.advance(16);
    clock.advance(1000);
    const sequences = panel.posted.flatMap((message) =>
      message.kind === "notification" ? [(message.params as { sequence: number }).sequence] : [],
    );
    expect(sequences).toEqual([1, 101]);
  });

  it("stop while the webview is hidden, and go on when it has loaded again", () => {
    const { panel, host, bridge } = loaded();
    bridge.hidden();
    host.changed.fire("graph");
    expect(panel.take()).toEqual([]);
    panel.send(load);
    host.changed.fire("graph");
    expect(panel.take()).toEqual(["1 ok", "graph/patched"]);
  });

  it("reveal at once, or as soon as the canvas has loaded", () => {
    const { panel, bridge } = open();
    bridge.reveal({ nodes: ["a"], edges: [] });
    panel.send(load);
    bridge.reveal({ nodes: ["b"], edges: [] });
    const revealed = panel.posted.flatMap((message) => (message.kind === "notification" ? [message.params] : []));
    expect(revealed).toEqual([
      { nodes: ["a"], edges: [] },
      { nodes: ["b"], edges: [] },
    ]);
  });
});

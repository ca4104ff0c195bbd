import { blame as blameOf, blameParts, type Blame, type Blamed } from "../blame/blame.js";
import { dottedOf, readPlace } from "../blame/channel-path.js";
import { pointerTo } from "../model/json-pointer.js";
import type { Writer } from "../blame/writer.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { tableOf, when } from "./lists.js";
import { withStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";
import { valueText } from "./trace-line.js";
import { writerText } from "./writer-text.js";

/** `patchbay blame RUN CHANNEL[PATH]` */
export const blame: Command = {
  name: "blame",
  summary: "Say who gave a channel the value that it has: for all of it, and for each item or property.",
  operands: ["RUN", "CHANNEL[PATH]"],
  options: {
    at: { value: "CHECKPOINT", help: "As of this checkpoint of the run. Default: where the run stands." },
    store: common.store,
    json: common.json,
  },
  notes: [
    'PATH leads into the channel: order.items[0].price, messages[-1], order["a b"], or a JSON Pointer: order/items/0/price.',
    "Of a channel the last write counts, of a place in it the last change by which what is there became another. What a task wrote in a run",
    "inside it is found with the id of that run. The store is .patchbay in the current folder unless --store names another. Times are UTC.",
  ].join("\n"),
  run(given, io) {
    const [run = "", place = ""] = given.operands;
    const { channel, path } = readPlace(place);
    const checkpoint = given.value("at");
    const { whole, parts } = withStore(given, io, (store) => {
      const { id } = storedRun(store, run);
      const query = { run: id, channel, path: pointerTo(path), ...(checkpoint === undefined ? {} : { checkpoint }) };
      return { whole: blameOf(store, query), parts: blameParts(store, query) };
    });
    if (given.has("json")) io.out(`${JSON.stringify({ ...whole, parts })}\n`);
    else io.out(textOf(whole, parts));
    return exit.ok;
  },
};

function textOf(whole: Blame, parts: readonly Blamed[]): string {
  const { channel } = whole;
  const rows = [whole, ...parts].map(({ path, value, writer }) => [
    dottedOf(channel, path),
    String(writer.superstep),
    writerText(writer),
    writer.checkpoint ?? "",
    writer.at === undefined ? "" : when(writer.at),
    value === undefined ? "no value" : valueText(value),
  ]);
  return `${tableOf(["place", "superstep", "by", "checkpoint", "at", "value"], rows)}${insideText(channel, [whole, ...parts])}`;
}

/** Where to look on, for what runs inside tasks wrote. */
function insideText(channel: string, all: readonly Blamed[]): string {
  const inside = new Map(all.flatMap(({ writer }) => runsInside(writer)));
  if (inside.size === 0) return "";
  return `\n${[...inside].map(([run, of]) => `Inside ${of}: patchbay blame ${run} ${channel}\n`).join("")}`;
}

function runsInside({ task = "", inside = [] }: Writer): readonly (readonly [run: string, of: string])[] {
  return inside.map(({ run, graph, slot }) => [run, `${[task, slot].filter(Boolean).join("/")} (${graph})`] as const);
}

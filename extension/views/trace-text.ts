import * as vscode from "vscode";
import type { JsonObject } from "../../runtime/model/json.js";
import type { ItemCounts } from "../../runtime/plan/items.js";
import type { TraceEvent } from "../../runtime/trace/event.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import { shortRevision } from "../bridge/project-compile.js";
import { firstLine } from "./checkpoint-text.js";
import { formatMicros, formatMs } from "./durations.js";

const WRITE_CHARACTERS = 120;

/** An event in words: what it is called, and what there is to say about it. */
export interface TraceText {
  readonly label: string;
  readonly detail: string;
}

/** An event as the trace view shows it. */
export function traceText(event: TraceEvent): TraceText {
  const { l10n } = vscode;
  switch (event.type) {
    case "run-started":
      return { label: l10n.t("Run started"), detail: vscode.l10n.t("plan {0}", shortRevision(event.revision)) };
    case "superstep-started":
      return { label: l10n.t("Superstep {0}", event.superstep), detail: event.due.join(", ") };
    case "task-started":
      return {
        label: event.node,
        detail: event.anew === undefined ? l10n.t("started") : l10n.t("started, and no recorded result counts: {0}", event.anew),
      };
    case "task-finished":
      return {
        label: event.node,
        detail: [l10n.t("finished in {0}", formatMs(event.ms)), event.action ?? "", ...itemsText(event.items)].filter(Boolean).join(" · "),
      };
    case "task-failed":
      return { label: event.node, detail: `${event.error.code}: ${event.error.message}` };
    case "task-retried":
      return {
        label: event.node,
        detail: l10n.t("attempt {0} failed, next in {1}: {2}", event.attempt, formatMs(event.delayMs), event.error.message),
      };
    case "task-progress":
      return { label: event.node, detail: [`${Math.round(event.fraction * 100)} %`, event.message ?? ""].filter(Boolean).join(" · ") };
    case "task-fallback":
      return { label: event.node, detail: l10n.t("its fallback takes its place: {0}", event.error.message) };
    case "task-cached":
      return { label: event.node, detail: l10n.t("taken from the cache") };
    case "task-replayed":
      return {
        label: event.node,
        detail: [l10n.t("recorded result, not run again"), event.action ?? "", event.error?.message ?? ""].filter(Boolean).join(" · "),
      };
    case "task-bypassed":
      return { label: event.node, detail: l10n.t("disabled, bypassed") };
    case "nested-run":
      return { label: event.node, detail: l10n.t("runs {0}", event.graph) };
    case "write":
      return { label: event.node, detail: wroteText(event.writes, event.cleared ?? []) };
    case "route-taken":
      return {
        label: `${event.node} → ${event.to}`,
        detail: [event.edge ?? "", event.why, event.forced === true ? l10n.t("forced") : ""].filter(Boolean).join(" · "),
      };
    case "route-forced":
      return {
        label: event.to === undefined ? event.node : `${event.node} → ${event.to}`,
        detail: [event.edge, event.forced ? l10n.t("forced") : l10n.t("no longer forced"), event.actor].filter(Boolean).join(" · "),
      };
    case "route-overridden":
      return {
        label: event.to.length === 0 ? event.node : `${event.node} → ${event.to.join(", ")}`,
        detail: event.to.length === 0 ? l10n.t("no longer overridden") : l10n.t("overridden"),
      };
    case "moved":
      return { label: `${event.node} → ${event.to}`, detail: l10n.t("moved by {0}", event.actor) };
    case "restarted":
      return { label: event.node, detail: l10n.t("to begin anew, by {0}", event.actor) };
    case "input":
      return { label: l10n.t("New input"), detail: previewJson(event.input, WRITE_CHARACTERS) };
    case "edited":
      return { label: event.node, detail: l10n.t("written by a person: {0}", previewJson(event.writes, WRITE_CHARACTERS)) };
    case "state-edited":
      return { label: l10n.t("State edited by {0}", event.actor), detail: wroteText(event.values, event.cleared ?? []) };
    case "question":
      return { label: event.node, detail: firstLine(event.prompt) };
    case "decision":
      return { label: event.node, detail: l10n.t("{0}, by {1}", event.action, event.actor) };
    case "superstep-finished":
      return {
        label: l10n.t("Superstep {0} finished", event.superstep),
        detail: [formatMs(event.ms), event.due.join(", ")].filter(Boolean).join(" → "),
      };
    case "checkpoint":
      return { label: l10n.t("Checkpoint"), detail: checkpointDetail(event) };
    case "recompile":
      return { label: l10n.t("Recompiled ({0})", event.class), detail: [formatMicros(event.micros), ...event.reasons].join(" · ") };
    case "carried-over":
      return {
        label: event.actor === undefined ? l10n.t("Carried over") : l10n.t("Let go on by {0}", event.actor),
        detail: event.findings.map(({ message }) => message).join(" "),
      };
    case "migrated":
      return { label: l10n.t("State migrated"), detail: event.modules.map(fileName).join(", ") };
    case "restored":
      return { label: l10n.t("Restored superstep {0}", event.superstep), detail: "" };
    case "token":
      return { label: event.node, detail: l10n.t("emitted {0}", previewJson(event.value, WRITE_CHARACTERS)) };
    case "log":
      return { label: event.node, detail: event.message };
    case "run-paused":
      return { label: l10n.t("Paused"), detail: pauseText(event.reason) };
    case "run-finished":
      return {
        label: l10n.t("Run finished"),
        detail: event.error === undefined ? event.status : `${event.error.code}: ${event.error.message}`,
      };
  }
}

function pauseText(reason: Extract<TraceEvent, { type: "run-paused" }>["reason"]): string {
  if (reason === "asked") return vscode.l10n.t("a question waits");
  return reason === "breakpoint" ? vscode.l10n.t("at a breakpoint") : "";
}

function itemsText(items: ItemCounts | undefined): readonly string[] {
  const { l10n } = vscode;
  if (items === undefined) return [];
  const { total, done, failed, retried } = items;
  return [
    l10n.t("{0} of {1} items", done, total),
    failed === 0 ? "" : l10n.t("{0} failed", failed),
    retried === 0 ? "" : l10n.t("{0} tried again", retried),
  ];
}

function wroteText(writes: JsonObject, cleared: readonly string[]): string {
  const { l10n } = vscode;
  const said = cleared.length === 0 ? [] : [l10n.t("cleared {0}", cleared.join(", "))];
  if (Object.keys(writes).length > 0) said.unshift(l10n.t("wrote {0}", previewJson(writes, WRITE_CHARACTERS)));
  return said.join(" · ");
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function checkpointDetail({ trigger, bytes, reason }: Extract<TraceEvent, { type: "checkpoint" }>): string {
  const what = vscode.l10n.t("{0}, {1} bytes", trigger, bytes);
  return reason === undefined ? what : `${what}: ${reason}`;
}

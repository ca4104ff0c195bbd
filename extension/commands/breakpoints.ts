// Breakpoints of nodes and edges, as VS Code has them of lines.
import * as v from "valibot";
import * as vscode from "vscode";
import { breakpointPlace } from "../../webview/protocol/debug.js";
import { samePlace, type EntryPlace } from "../debug/adapter/text-places.js";
import type { GraphBreakpoint } from "../debug/breakpoints/graph-breakpoint.js";
import { breakpointSubjects, defaultPlace, otherPlace, type BreakpointSubject } from "./breakpoint-subjects.js";
import type { Command, CommandServices } from "./command.js";

const placed = v.object({ at: breakpointPlace });

/** Sets a breakpoint on what has none, or takes all away where everything has one. */
export const toggleBreakpoint: Command = {
  id: "patchbay.toggleBreakpoint",
  async run(services, ...args) {
    const subjects = await breakpointSubjects(services, args);
    const without = subjects.filter(({ breakpoints }) => breakpoints.length === 0);
    for (const { document, entry } of without) services.breakpoints.set(document, { place: defaultPlace(entry), enabled: true });
    if (without.length === 0) for (const subject of subjects) removeAll(services, subject, subject.breakpoints);
  },
};

/** Stops after a node, with what it wrote in place; or does so no more. */
export const breakAfterNode: Command = { id: "patchbay.breakAfterNode", run: toggleOther };

/** Stops where an edge is tested, whatever that comes to; or does so no more. */
export const breakWhereTested: Command = { id: "patchbay.breakWhereTested", run: toggleOther };

/** Takes breakpoints away: the one at the place that came with the command, else all of the node or edge. */
export const removeBreakpoint: Command = {
  id: "patchbay.removeBreakpoint",
  async run(services, ...args) {
    const { at } = args.find((arg): arg is v.InferOutput<typeof placed> => v.is(placed, arg)) ?? {};
    for (const subject of await breakpointSubjects(services, args)) {
      const all = at === undefined ? subject.breakpoints : subject.breakpoints.filter(({ place }) => place.at === at);
      if (await mayGo(services, subject, all)) removeAll(services, subject, all);
    }
  },
};

/** Lets breakpoints stop nothing for the time being. */
export const disableBreakpoint: Command = { id: "patchbay.disableBreakpoint", run: (services, ...args) => enable(services, args, false) };

/** Lets them stop again. */
export const enableBreakpoint: Command = { id: "patchbay.enableBreakpoint", run: (services, ...args) => enable(services, args, true) };

async function toggleOther(services: CommandServices, ...args: readonly unknown[]): Promise<void> {
  for (const { document, entry, breakpoints } of await breakpointSubjects(services, args)) {
    const place: EntryPlace = otherPlace(entry);
    if (breakpoints.some((each) => samePlace(each.place, place))) services.breakpoints.remove(document.key, place);
    else services.breakpoints.set(document, { place, enabled: true });
  }
}

async function enable(services: CommandServices, args: readonly unknown[], enabled: boolean): Promise<void> {
  for (const { document, breakpoints } of await breakpointSubjects(services, args))
    for (const each of breakpoints) if (each.enabled !== enabled) services.breakpoints.set(document, { ...each, enabled });
}

/** What somebody has written for a breakpoint is not thrown away by a click. */
async function mayGo(services: CommandServices, { document }: BreakpointSubject, all: readonly GraphBreakpoint[]): Promise<boolean> {
  if (all.every(({ condition, hits, log }) => condition === undefined && hits === undefined && log === undefined)) return true;
  const [remove, disable] = [vscode.l10n.t("Remove Breakpoint"), vscode.l10n.t("Disable Breakpoint")];
  const question = vscode.l10n.t("What is written for this breakpoint is lost when it is removed. It can be disabled instead.");
  const answer = await vscode.window.showInformationMessage(question, { modal: true }, remove, disable);
  if (answer === disable) for (const each of all) services.breakpoints.set(document, { ...each, enabled: false });
  return answer === remove;
}

function removeAll({ breakpoints }: CommandServices, { document }: BreakpointSubject, all: readonly GraphBreakpoint[]): void {
  for (const { place } of all) breakpoints.remove(document.key, place);
}

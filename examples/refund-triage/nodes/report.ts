import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fromExample } from "./files.ts";
import { euros, table } from "./markdown.ts";
import type { Channels, Context, Result, State } from "../.patchbay/types/refund-triage.d.ts";

type TicketDecision = Channels["decisions"][number];

/** Writes the report and says where. */
export default async function report(
  { decisions, refunded, report: path }: State<"report">,
  ctx: Context<"report">,
): Promise<Result<"report">> {
  const file = fromExample(path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, render(decisions, refunded));
  ctx.log(`${decisions.length} decisions written to ${path}`);
  return { written: path };
}

/** The whole report as Markdown. */
export function render(decisions: readonly TicketDecision[], refunded: number): string {
  const byPerson = decisions.filter((decision) => decision.by === "person");
  const escalated = decisions.filter((decision) => decision.action === "escalate");
  return [
    "# Refund triage",
    summary(decisions, refunded),
    "## By decision",
    counts(decisions, (decision) => decision.action),
    "## By reason",
    counts(decisions, (decision) => decision.reason),
    "## Decided by a person",
    list(byPerson),
    "## For a specialist",
    list(escalated),
    "## Every ticket",
    list(decisions),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function summary(decisions: readonly TicketDecision[], refunded: number): string {
  const days = decisions.map((decision) => decision.received).toSorted();
  const credit = total(decisions, (decision) => decision.credit);
  const languages = new Set(decisions.map((decision) => decision.language)).size;
  const period = days.length === 0 ? "" : `, received ${days[0]} to ${days.at(-1)}`;
  return `${decisions.length} tickets in ${languages} languages${period}. Paid back: ${euros(refunded)} EUR. Store credit: ${euros(credit)} EUR.`;
}

function counts(decisions: readonly TicketDecision[], keyOf: (decision: TicketDecision) => string): string {
  const groups = Object.entries(Object.groupBy(decisions, keyOf)).map(([key, group = []]) => ({ key, group }));
  groups.sort((a, b) => b.group.length - a.group.length || (a.key < b.key ? -1 : 1));
  const rows = groups.map(({ key, group }) => [
    key,
    String(group.length),
    euros(total(group, (decision) => decision.paid)),
    euros(total(group, (decision) => decision.credit)),
  ]);
  return table(["", "Tickets", "Paid back, EUR", "Store credit, EUR"], ["left", "right", "right", "right"], rows);
}

function list(decisions: readonly TicketDecision[]): string {
  if (decisions.length === 0) return "None.";
  const rows = decisions.map((decision) => [
    decision.ticket,
    decision.customer,
    decision.language,
    decision.reason,
    String(decision.risk),
    decision.action,
    decision.paid + decision.credit === 0 ? "" : euros(decision.paid + decision.credit),
    decision.note,
  ]);
  const heads = ["Ticket", "Customer", "Language", "Reason", "Risk", "Decision", "EUR", "Note"];
  return table(heads, ["left", "left", "left", "left", "right", "left", "right", "left"], rows);
}

function total(decisions: readonly TicketDecision[], amountOf: (decision: TicketDecision) => number): number {
  return decisions.reduce((sum, decision) => sum + amountOf(decision), 0);
}

import { daysBetween } from "./days.ts";
import { readTable } from "./files.ts";
import type { Channels, Result, State } from "../.patchbay/types/refund-triage.d.ts";

type Order = Channels["order"];
type Ticket = Channels["ticket"];

interface OrderRow {
  readonly id: string;
  readonly customer: string;
  readonly item: string;
  readonly total: number;
  readonly shipping: number;
  readonly delivered: string | null;
  readonly records: readonly string[];
}

/** Looks the ticket's order up. */
export default async function order({ ticket }: State<"order", "ticket">): Promise<Result<"order">> {
  const orders = await readTable<readonly OrderRow[]>("data/orders.json");
  const row = orders.find((candidate) => candidate.id === ticket.order);
  return { order: row === undefined ? unknownOrder(ticket) : known(row, ticket) };
}

function known({ delivered, ...row }: OrderRow, ticket: Ticket): Order {
  return { found: true, ...row, days: delivered === null ? 0 : daysBetween(delivered, ticket.received) };
}

function unknownOrder(ticket: Ticket): Order {
  return { found: false, id: ticket.order, customer: ticket.customer, item: "", total: 0, shipping: 0, days: 0, records: [] };
}

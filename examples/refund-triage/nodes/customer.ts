import { daysBetween } from "./days.ts";
import { readTable } from "./files.ts";
import type { Channels, Result, State } from "../.patchbay/types/refund-triage.d.ts";

type CustomerRow = Omit<Channels["customer"], "days"> & { readonly since: string };

/** Looks the ticket's customer up. */
export default async function customer({ ticket }: State<"customer", "ticket">): Promise<Result<"customer">> {
  const customers = await readTable<readonly CustomerRow[]>("data/customers.json");
  const row = customers.find((candidate) => candidate.number === ticket.customer);
  if (row === undefined) throw new Error(`Ticket ${ticket.id} names customer ${ticket.customer}, whom data/customers.json does not list.`);
  const { since, ...known } = row;
  return { customer: { ...known, days: daysBetween(since, ticket.received) } };
}

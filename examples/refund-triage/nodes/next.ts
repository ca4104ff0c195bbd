import { readTable } from "./files.ts";
import type { Ticket } from "./types.ts";

interface Reads {
  readonly tickets: string;
  readonly position: number;
}

type Answer =
  | { readonly action: "empty" }
  | { readonly action: "ticket"; readonly update: { readonly ticket: Ticket; readonly position: 1 } };

interface Context {
  command(answer: Answer): unknown;
}

/** Takes the next ticket off the queue. `position` is a `sum` channel: writing 1 moves it on. */
export default async function next({ tickets, position }: Reads, ctx: Context): Promise<unknown> {
  const queue = await readTable<readonly Ticket[]>(tickets);
  const ticket = queue[position];
  return ctx.command(ticket === undefined ? { action: "empty" } : { action: "ticket", update: { ticket, position: 1 } });
}

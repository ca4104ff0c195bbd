import { readTable } from "./files.ts";
import type { Channels, Context, Result, State } from "../.patchbay/types/refund-triage.d.ts";

/** Takes the next ticket off the queue. `position` is a `sum` channel: writing 1 moves it on. */
export default async function next({ tickets, position }: State<"next">, ctx: Context<"next">): Promise<Result<"next">> {
  const queue = await readTable<readonly Channels["ticket"][]>(tickets);
  const ticket = queue[position];
  return ctx.command(ticket === undefined ? { action: "empty" } : { action: "ticket", update: { ticket, position: 1 } });
}

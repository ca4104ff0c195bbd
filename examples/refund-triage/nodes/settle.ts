import { createHash } from "node:crypto";
import type { Handler } from "../.patchbay/types/refund-triage.d.ts";

/** Pays the money back. A real one would call the bank with `ctx.idempotencyKey`, so that no retry pays twice. */
export const refund: Handler<"refund", "ticket" | "order" | "due"> = ({ ticket, order, due }, ctx) => {
  ctx.log(`${ticket.id}: ${due.toFixed(2)} EUR back for ${order.id}`);
  return { outcome: { action: "refund", paid: due, credit: 0, note: order.item } };
};

/** Gives store credit: what the policy grants after its time limit, or the money that would have been paid back. */
export const voucher: Handler<"voucher", "ticket" | "order" | "due" | "credit"> = ({ ticket, order, due, credit }, ctx) => {
  const amount = credit > 0 ? credit : due;
  const code = createHash("sha256").update(ticket.id).digest("hex").slice(0, 8).toUpperCase();
  ctx.log(`${ticket.id}: voucher ${code} over ${amount.toFixed(2)} EUR for ${order.id}`);
  return { outcome: { action: "voucher", paid: 0, credit: amount, note: `${order.item}; code ${code}` } };
};

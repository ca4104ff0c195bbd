/** A message from a customer. */
export interface Ticket {
  readonly id: string;
  readonly received: string;
  readonly language: string;
  readonly customer: string;
  readonly order: string;
  readonly subject: string;
  readonly text: string;
}

/** What the shop knows of an order; `found` is false for a number that it never gave out. */
export interface Order {
  readonly found: boolean;
  readonly id: string;
  readonly customer: string;
  readonly item: string;
  /** Euros. */
  readonly total: number;
  /** Euros. */
  readonly shipping: number;
  /** Days from the delivery to the ticket; 0 when it was never delivered. */
  readonly days: number;
  /** The claims that the shop's own records bear out. */
  readonly records: readonly string[];
}

/** What the shop knows of a customer. */
export interface Customer {
  readonly number: string;
  readonly country: string;
  /** Days from the first order to the ticket. */
  readonly days: number;
  /** Refunds in the last twelve months. */
  readonly refunds: number;
  readonly chargebacks: number;
}

/** What the policy says of the reason that the ticket gives. */
export interface Claim {
  readonly reason: string;
  readonly pays: "total" | "shipping" | "nothing";
  /** Days from the delivery in which money is paid back. */
  readonly days: number;
  /** Days from the delivery in which there is store credit instead. */
  readonly creditDays: number;
  /** Euros above which a person decides. */
  readonly limit: number;
  readonly abusive: boolean;
}

/** What was done about a ticket. */
export interface Outcome {
  readonly action: "refund" | "voucher" | "decline" | "escalate";
  /** Euros. */
  readonly paid: number;
  /** Euros. */
  readonly credit: number;
  readonly note: string;
}

/** One line of the report. */
export interface TicketDecision extends Outcome {
  readonly ticket: string;
  readonly received: string;
  readonly customer: string;
  readonly language: string;
  readonly reason: string;
  readonly risk: number;
  readonly by: "person" | "policy";
}

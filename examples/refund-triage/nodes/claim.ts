import { readTable } from "./files.ts";
import type { Channels, Result, State } from "../.patchbay/types/refund-triage.d.ts";

interface Policy {
  readonly askAbove: number;
  readonly reasons: Readonly<Record<string, Pick<Channels["claim"], "pays" | "days" | "creditDays">>>;
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly abuse: readonly string[];
}

/** Reads from the ticket's words, in any of the languages of the policy, what is claimed and what the policy gives for it. */
export default async function claim({ ticket }: State<"claim", "ticket">): Promise<Result<"claim">> {
  const policy = await readTable<Policy>("data/policy.json");
  const text = `${ticket.subject}\n${ticket.text}`.toLowerCase();
  const reason = reasonOf(text, policy);
  const terms = policy.reasons[reason];
  if (terms === undefined) throw new Error(`data/policy.json has words for "${reason}", but no terms.`);
  return { claim: { reason, ...terms, limit: policy.askAbove, abusive: policy.abuse.some((word) => text.includes(word)) } };
}

/** The reason with most of its words in the text; of equals the first in the policy. */
function reasonOf(text: string, policy: Policy): string {
  let best = { reason: "other", hits: 0 };
  for (const [reason, words] of Object.entries(policy.words)) {
    const hits = words.filter((word) => text.includes(word)).length;
    if (hits > best.hits) best = { reason, hits };
  }
  return best.reason;
}

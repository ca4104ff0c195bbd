import type { Certificate } from "../../runtime/certify/certificate.js";
import type { Finding } from "../../runtime/certify/finding.js";
import type { GraphSession } from "./graph-session.js";

/** Why the run shown cannot go on under the plan in force, and from where it could. */
export interface Blockage {
  readonly why: "lost" | "migrate";
  /** The gravest first. */
  readonly findings: readonly Finding[];
  /** Revision that the run stands by. */
  readonly from: string;
  /** The nearest checkpoint before it that can go on, where one is known. */
  readonly ancestor: Certificate["ancestor"];
}

/** Undefined while nothing keeps the run from going on. */
export function blockageOf({ run, certificates }: GraphSession): Blockage | undefined {
  const { verdict, findings, from } = run?.carrying ?? {};
  if (run === undefined || from === undefined || findings === undefined || (verdict !== "lost" && verdict !== "migrate")) return undefined;
  return { why: verdict, findings, from, ancestor: certificates.of(run, true)?.all.get(run.head)?.ancestor };
}

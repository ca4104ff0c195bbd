import type { Certificate, Verdict } from "../../runtime/certify/certificate.js";
import type { Finding } from "../../runtime/certify/finding.js";

/** Reasons that are told one by one. */
const TOLD = 5;

/** The certificates of a run, summed up. */
export interface CertificateSummary {
  readonly total: number;
  /** Of those that cannot go on as they are. */
  readonly unsafe: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** The superstep to go back to, where it is the same for all that must. */
  readonly from?: number;
  /** Why some are unsafe: the first reasons, each once. */
  readonly reasons: readonly Finding[];
}

/** Whether a run that stands there cannot go on as it is. */
export function isUnsafe({ verdict }: Pick<Certificate, "verdict">): boolean {
  return verdict === "migrate" || verdict === "replay" || verdict === "invalid";
}

/** Sums up the certificates of a run, newest first. */
export function sumUp(certificates: readonly Certificate[]): CertificateSummary {
  const counts = { unaffected: 0, mapped: 0, migrate: 0, replay: 0, invalid: 0 };
  for (const { verdict } of certificates) counts[verdict] += 1;
  const ancestors = new Set(certificates.flatMap(({ ancestor }) => (ancestor === undefined ? [] : [ancestor.superstep])));
  const [only] = ancestors;
  return {
    total: certificates.length,
    unsafe: counts.migrate + counts.replay + counts.invalid,
    counts,
    ...(only === undefined || ancestors.size > 1 ? {} : { from: only }),
    reasons: firstOf(certificates.filter(isUnsafe).flatMap(({ findings }) => findings)),
  };
}

/** What several have in common is told once. */
export function firstOf(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.message, finding])).values()].slice(0, TOLD);
}

import type { Finding } from "../../runtime/certify/finding.js";
import type { BlockedView, CertificatesView, ReasonView } from "../../webview/protocol/safety.js";
import type { Blockage } from "../run/blockage.js";
import { firstOf, type CertificateSummary } from "../run/certificate-summary.js";

/** What a run's checkpoints are worth under the plan in force, as the canvas shows it. */
export function projectCertificates({ total, counts, from, reasons }: CertificateSummary): CertificatesView {
  const { unaffected: _same, ...differing } = counts;
  return { total, ...differing, ...(from === undefined ? {} : { from }), reasons: reasons.map(reasonOf) };
}

/** Why a run cannot go on, as the canvas shows it. `migration`: there is one for it. */
export function projectBlocked({ why, findings, ancestor }: Blockage, migration: boolean): BlockedView {
  const from = ancestor === undefined ? {} : { ancestor: ancestor.superstep };
  return { why, reasons: firstOf(findings).map(reasonOf), migration, ...from };
}

function reasonOf({ message, place }: Finding): ReasonView {
  return place.entity === "limits" ? { message } : { message, [place.entity]: place.id };
}

// Verdicts in words.
import * as vscode from "vscode";
import type { Certificate } from "../../runtime/certify/certificate.js";
import type { Place } from "../../runtime/certify/finding.js";
import type { CertificateSummary } from "../run/certificate-summary.js";

/** Findings that a tooltip tells. */
const TOLD = 8;

/** What a checkpoint is worth, in a few words; empty where nothing has changed for it. `migratable`: the migration that it needs is there. */
export function verdictText({ verdict, ancestor }: Pick<Certificate, "verdict" | "ancestor">, migratable = false): string {
  switch (verdict) {
    case "unaffected":
      return "";
    case "mapped":
      return vscode.l10n.t("mapped");
    case "migrate":
      return migratable ? vscode.l10n.t("will be migrated") : vscode.l10n.t("needs a migration");
    case "replay":
      return vscode.l10n.t("replay from superstep {0}", ancestor?.superstep ?? 0);
    case "invalid":
      return vscode.l10n.t("cannot go on");
  }
}

/** The same in full, with why and where. */
export function verdictStory(certificate: Certificate, migratable = false): readonly string[] {
  const { verdict, findings } = certificate;
  if (verdict === "unaffected") return [];
  const told = findings.slice(0, TOLD).map(({ message, place }) => `• ${[message, inParentheses(placeText(place))].join(" ").trim()}`);
  const more = findings.length > TOLD ? [vscode.l10n.t("• and {0} more", findings.length - TOLD)] : [];
  return [headline(certificate, migratable), ...told, ...more];
}

/** Where something is, for people; empty for what has no place. */
export function placeText(place: Place): string {
  switch (place.entity) {
    case "node":
      return vscode.l10n.t("node {0}", place.id);
    case "edge":
      return vscode.l10n.t("edge {0}", place.id);
    case "channel":
      return vscode.l10n.t("channel {0}", place.id);
    case "limits":
      return "";
  }
}

/** How many of a run's checkpoints cannot go on as they are; empty where all can. */
export function unsafeText({ unsafe, total }: CertificateSummary): string {
  return unsafe === 0 ? "" : vscode.l10n.t("{0} of {1} checkpoints not safe", unsafe, total);
}

function headline({ verdict, ancestor }: Certificate, migratable: boolean): string {
  switch (verdict) {
    case "unaffected":
      return "";
    case "mapped":
      return vscode.l10n.t("Goes on, by the graph as it is now:");
    case "migrate":
      return migratable
        ? vscode.l10n.t("Its values are migrated when it goes on:")
        : vscode.l10n.t("Its values need a migration before it can go on:");
    case "replay":
      return vscode.l10n.t("Cannot go on under the graph as it is now; superstep {0} can:", ancestor?.superstep ?? 0);
    case "invalid":
      return vscode.l10n.t("Cannot go on under the graph as it is now, nor can any checkpoint before it:");
  }
}

function inParentheses(text: string): string {
  return text === "" ? "" : `(${text})`;
}

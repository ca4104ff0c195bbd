import type { EdgeId, NodeId } from "../../model/ids.js";
import type { ParsedDocument } from "../parsed-document.js";

/** Why nodes cannot become a graph of their own, or a graph nodes, without a change of what runs do. */
export interface Refusal {
  readonly ok: false;
  readonly reason: string;
  /** What the reader can do about it. */
  readonly next: string;
  /** Where it is. */
  readonly nodes: readonly NodeId[];
  readonly edges: readonly EdgeId[];
}

/** Makes a refusal. */
export function refusal(reason: string, next: string, at: Partial<Pick<Refusal, "edges" | "nodes">> = {}): Refusal {
  return { ok: false, reason, next, nodes: at.nodes ?? [], edges: at.edges ?? [] };
}

/** Names of nodes, edges or channels in a sentence. */
export function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/** Why what a document does cannot be told; undefined: it can. */
export function unsound({ problems }: Pick<ParsedDocument, "problems">): Refusal | undefined {
  const error = problems.find(({ severity }) => severity === "error");
  if (error === undefined) return undefined;
  const at = { nodes: error.node === undefined ? [] : [error.node], edges: error.edge === undefined ? [] : [error.edge] };
  return refusal(`What a graph with errors does cannot be told: ${error.message}`, "Correct the errors first.", at);
}

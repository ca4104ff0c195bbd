// The address of a request.
//
// A value in the path or behind it is written so that it is one value, whatever is in it: `a/b?c` cannot lead to another place. What
// stands before the path (`{{base}}/orders`) is taken as it is.
import { errorInfo, type ErrorInfo } from "../../errors.js";
import type { ExpressionScope, Variables } from "../../expression/cel.js";
import type { TemplatePart } from "../../expression/template.js";
import type { RequestText } from "../../ports.js";
import { partsOf, pieceOf } from "./templates.js";

/** Compiles an address. */
export function addressProgram(source: string, scope: ExpressionScope): (variables: Variables) => RequestText | ErrorInfo {
  const parts = partsOf(source.trim(), scope).map((part, index, all) => ({ part, encoded: isInPath(all.slice(0, index)) }));
  return (variables) => {
    const pieces: RequestText[number][] = [];
    for (const { part, encoded } of parts) {
      const piece = pieceOf(part, variables, encoded ? "url" : "text");
      // No encoding keeps these two from leading up a path.
      if (encoded && typeof part === "object" && (piece === "." || piece === "..")) return leadsAway(part, piece);
      pieces.push(piece);
    }
    return pieces;
  };
}

/** Whether the path has begun. */
function isInPath(before: readonly TemplatePart[]): boolean {
  const text = before.map((part) => (typeof part === "string" ? part : "x")).join("");
  return /[/?#]/.test(text.replace(/^[^/?#]*:\/\//, ""));
}

function leadsAway(part: Exclude<TemplatePart, string>, piece: string): ErrorInfo {
  const hole = "source" in part ? part.source : `{{secret.${part.secret}}}`;
  return errorInfo("HTTP_URL", `${hole} is "${piece}", which would lead to another place of the server.`);
}

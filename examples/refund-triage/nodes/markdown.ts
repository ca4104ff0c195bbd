/** An amount with two decimals and its thousands apart: `1,249.00`. */
export function euros(amount: number): string {
  return amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",");
}

/** A Markdown table. */
export function table(heads: readonly string[], aligned: readonly ("left" | "right")[], rows: readonly (readonly string[])[]): string {
  const rule = aligned.map((side) => (side === "right" ? "---:" : "---"));
  return [heads, rule, ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

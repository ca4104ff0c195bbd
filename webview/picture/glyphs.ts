const found = new Map<string, string>();

/** The character of a codicon in its font, as its style sheet has it. */
export function glyphOf(icon: string): string {
  const known = found.get(icon);
  if (known !== undefined) return known;
  const probe = document.body.appendChild(document.createElement("i"));
  probe.className = `codicon codicon-${icon}`;
  const content = getComputedStyle(probe, "::before").content;
  probe.remove();
  const glyph = /^"(.*)"$/.exec(content)?.[1] ?? "";
  found.set(icon, glyph);
  return glyph;
}

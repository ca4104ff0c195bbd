// Emphasis in notes, as people write it in text: **bold**, *italic*, `code`. Pure.

/** A piece of text that looks one way. */
export interface Piece {
  readonly look: "plain" | "bold" | "italic" | "code";
  readonly text: string;
}

/** A mark stands against the words that it is about, on one line: in `2 * 3` there is none. */
const MARKED = /\*\*(?<bold>\S(?:[^\n]*?\S)?)\*\*|\*(?<italic>[^\s*](?:[^\n*]*[^\s*])?)\*|`(?<code>[^`\n]+)`/g;

/** A text in pieces, without the marks. */
export function emphasised(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > at) pieces.push({ look: "plain", text: text.slice(at, match.index) });
    const [look, words] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? ["plain", match[0]];
    pieces.push({ look: look as Piece["look"], text: words });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ look: "plain", text: text.slice(at) });
  return pieces;
}

/** A text without the marks. */
export function plainWords(text: string): string {
  return emphasised(text)
    .map((piece) => piece.text)
    .join("");
}

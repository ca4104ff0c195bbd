const segmenter = new Intl.Segmenter();
const wide =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|[\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6])/u;
const marksOnly = /^[\p{M}\p{Cf}]+$/u;

/** How many columns of a terminal a text takes. It has no control characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += segmentWidth(segment);
  return width;
}

/** The text, cut to so many columns; what is cut shows as an ellipsis. */
export function fitTo(text: string, columns: number): string {
  let width = 0;
  let fitting = "";
  for (const { segment } of segmenter.segment(text)) {
    width += segmentWidth(segment);
    if (width > columns) return columns < 1 ? "" : `${fitting}…`;
    if (width <= columns - 1) fitting += segment;
  }
  return text;
}

function segmentWidth(segment: string): number {
  if (wide.test(segment)) return 2;
  return marksOnly.test(segment) ? 0 : 1;
}

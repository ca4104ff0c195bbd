/** Words on one line, cut where they have no more room. */
export function shortened(words: string, most: number): string {
  const line = words.replaceAll(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** Words that are only words in SVG. */
export function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Words in lines of at most so many characters; a word that is longer is cut. */
export function wrapped(words: string, most: number): readonly string[] {
  return words.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(/\s+/)) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (longer.length <= most) line = longer;
      else {
        if (line !== "") lines.push(line);
        line = shortened(word, most);
      }
    }
    return [...lines, line];
  });
}

/** A text with the letters that were found in strong print; a row of them is one mark. */
export function Marked({ text, at }: { readonly text: string; readonly at: readonly number[] }): React.ReactElement {
  return (
    <>
      {runs(text, new Set(at)).map(({ part, found, from }) =>
        found ? (
          <mark className="found" key={from}>
            {part}
          </mark>
        ) : (
          part
        ),
      )}
    </>
  );
}

interface Run {
  readonly from: number;
  readonly part: string;
  readonly found: boolean;
}

function runs(text: string, at: ReadonlySet<number>): readonly Run[] {
  const all: Run[] = [];
  for (let index = 0; index < text.length;) {
    const found = at.has(index);
    let end = index + 1;
    while (end < text.length && at.has(end) === found) end += 1;
    all.push({ from: index, part: text.slice(index, end), found });
    index = end;
  }
  return all;
}

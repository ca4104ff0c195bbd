import type { Alignment, Distribution } from "./align.js";

/** What an icon stands for. */
export type Glyph = Alignment | Distribution | "tidy";

type Bar = readonly [x: number, y: number, width: number, height: number];

/** Of 16 pixels: a line that bars are brought to, and the bars. */
interface Drawn {
  readonly lines: string;
  readonly bars: readonly Bar[];
}

const left: Drawn = {
  lines: "M2.5 1v14",
  bars: [
    [4, 3, 9, 4],
    [4, 9, 5, 4],
  ],
};
const centre: Drawn = {
  lines: "M8 1v2M8 7v2M8 13v2",
  bars: [
    [3, 3, 10, 4],
    [5, 9, 6, 4],
  ],
};
const right: Drawn = {
  lines: "M13.5 1v14",
  bars: [
    [3, 3, 9, 4],
    [7, 9, 5, 4],
  ],
};
const across: Drawn = { lines: "M1.5 2v12M14.5 2v12", bars: [[6, 4, 4, 8]] };

/** What is done up and down is drawn as what is done aside, with x and y in each other's place. */
const shapes: Readonly<Record<Exclude<Glyph, "tidy">, readonly [drawn: Drawn, turned: boolean]>> = {
  left: [left, false],
  centre: [centre, false],
  right: [right, false],
  across: [across, false],
  top: [left, true],
  middle: [centre, true],
  bottom: [right, true],
  down: [across, true],
};

/** An icon in the colour of the words around it; codicons have none for this. */
export function ArrangeGlyph({ glyph }: { readonly glyph: Glyph }): React.ReactElement {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" data-glyph={glyph}>
      {glyph === "tidy" ? <TidyShape /> : <Shape of={shapes[glyph]} />}
    </svg>
  );
}

function Shape({ of: [{ lines, bars }, turned] }: { readonly of: readonly [drawn: Drawn, turned: boolean] }): React.ReactElement {
  return (
    <g transform={turned ? "matrix(0 1 1 0 0 0)" : undefined}>
      <path d={lines} stroke="currentColor" fill="none" />
      {bars.map(([x, y, width, height]) => (
        <rect key={`${String(x)} ${String(y)}`} x={x} y={y} width={width} height={height} rx="0.5" fill="currentColor" opacity="0.75" />
      ))}
    </g>
  );
}

/** A card on the dots of the grid. */
function TidyShape(): React.ReactElement {
  const dots = [2, 8, 14].flatMap((x) => [2, 8, 14].map((y) => [x, y] as const));
  return (
    <>
      {dots.map(([x, y]) => (
        <circle key={`${String(x)} ${String(y)}`} cx={x} cy={y} r="0.9" fill="currentColor" />
      ))}
      <rect x="2" y="2" width="6" height="6" fill="none" stroke="currentColor" />
    </>
  );
}

import { displayWidth, fitTo } from "./display-width.js";

/** A terminal's size now. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
}

const MOST_LINES = 10;

/** Lines at the end of a terminal's output that are drawn over and over. */
export class LiveLines {
  readonly #terminal: Terminal;
  readonly #write: (text: string) => void;
  #drawn: readonly string[] = [];

  constructor(terminal: Terminal, write: (text: string) => void) {
    this.#terminal = terminal;
    this.#write = write;
  }

  /** Shows these lines in place of those shown; none: nothing is left of them. */
  show(lines: readonly string[]): void {
    const shown = this.#fitting(lines);
    if (shown.length === this.#drawn.length && shown.every((line, index) => line === this.#drawn[index])) return;
    this.#write(`${this.#erasure()}${shown.map((line) => `${line}\n`).join("")}`);
    this.#drawn = shown;
  }

  /** A line that fills its row would wrap on some terminals. */
  #fitting(lines: readonly string[]): readonly string[] {
    const { columns, rows } = this.#terminal;
    const most = Math.max(1, Math.min(MOST_LINES, rows - 1));
    const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), `… and ${lines.length - most + 1} more`];
    return shown.map((line) => fitTo(line, columns - 1));
  }

  /** Up over what was drawn, which takes more rows where the terminal was made narrower since, and clear from there on. */
  #erasure(): string {
    const { columns } = this.#terminal;
    const rows = this.#drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / Math.max(1, columns))), 0);
    return rows === 0 ? "" : `\u001B[${rows}A\r\u001B[J`;
  }
}

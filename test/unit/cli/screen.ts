const CLEAR = "\u001B[J";
const token = new RegExp(String.raw`${"\u001B"}\[(\d+)A|${"\u001B"}\[J|[^]`, "gu");

/** What a terminal shows of what was written to it, as far as the command line's control sequences go. */
export class Screen {
  readonly columns: number;
  readonly rows: number;
  #lines = [""];
  #row = 0;
  #column = 0;

  constructor(columns = 40, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  readonly write = (text: string): void => {
    for (const [written, up] of text.matchAll(token)) {
      if (up !== undefined) this.#row = Math.max(0, this.#row - Number(up));
      else if (written === CLEAR) this.#clear();
      else if (written === "\r") this.#column = 0;
      else if (written === "\n") this.#moveTo(this.#row + 1);
      else this.#put(written);
    }
  };

  /** The lines, without the empty one that the cursor waits in. */
  get lines(): readonly string[] {
    return this.#lines.at(-1) === "" ? this.#lines.slice(0, -1) : this.#lines;
  }

  #clear(): void {
    this.#lines = [...this.#lines.slice(0, this.#row), (this.#lines[this.#row] ?? "").slice(0, this.#column)];
  }

  #moveTo(row: number): void {
    this.#row = row;
    this.#column = 0;
    while (this.#lines.length <= row) this.#lines.push("");
  }

  #put(character: string): void {
    if (this.#column === this.columns) this.#moveTo(this.#row + 1);
    const line = this.#lines[this.#row] ?? "";
    this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column += 1;
  }
}

// What a sealed page says of itself, so that who looks for a channel need not read it: its column `channels`.
//
// 1. It names each channel that a checkpoint in it may have given another value, by a write or otherwise.
// 2. It has each revision in it, behind an `@`, and `@` alone where the contents of a checkpoint were deleted: no channel has such a name.
//    Pages of earlier versions have neither: of them anything may be true.
import { namesIn, type Checkpoint } from "../../checkpoint/checkpoint.js";
import { isGivenAnew } from "../../checkpoint/channel-record.js";
import type { ChannelName } from "../../model/ids.js";

/** The mark of a page in which contents of a checkpoint were deleted. */
export const GONE = "@";

/** What of a checkpoint makes the marks of its page. */
export type Marking = Pick<Checkpoint, "revision" | "trigger" | "channels">;

/** The marks of a page with these checkpoints. */
export function marksOf(all: readonly Marking[]): Set<string> {
  const marks = new Set<string>();
  for (const each of all) addMarks(each, marks);
  return marks;
}

function addMarks(checkpoint: Marking, marks: Set<string>): void {
  marks.add(`@${checkpoint.revision}`);
  const { delta, earlier = [], skipped, base } = checkpoint.channels;
  for (const each of earlier) for (const name of namesIn(each.delta)) marks.add(name);
  for (const name of namesIn(delta)) marks.add(name);
  for (const name of skipped?.names ?? []) marks.add(name);
  if (base === undefined || !isGivenAnew(checkpoint)) return;
  for (const name in base.reducers) marks.add(name);
}

/** The marks of one sealed page. */
export class PageMarks {
  readonly #marks: ReadonlySet<string>;
  /** The one revision in it, if there is one alone and nothing of it is gone. */
  readonly #revision: string | undefined;

  private constructor(marks: readonly string[]) {
    this.#marks = new Set(marks);
    const about = marks.filter((mark) => mark.startsWith("@"));
    this.#revision = about.length === 1 && about[0] !== GONE ? about[0] : undefined;
  }

  static read(json: string): PageMarks {
    return new PageMarks(JSON.parse(json) as readonly string[]);
  }

  /** Whether something in it may say what became of a channel. */
  mayTouch(channel: ChannelName): boolean {
    return this.#revision === undefined || this.#marks.has(channel);
  }

  /** Whether what follows the records of another page goes on with their values, for certain. */
  goesOnFrom(before: PageMarks): boolean {
    return this.#revision !== undefined && this.#revision === before.#revision;
  }
}

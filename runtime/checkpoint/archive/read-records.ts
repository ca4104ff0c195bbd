// A file comes from anywhere: each line is looked at before anything is done with it, and what does not hold is `ARCHIVE_DAMAGED`,
// with the number of its line.
import { PatchbayError } from "../../errors.js";
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import { absentOr, allOf, number, object, shaped, text, type Shape } from "../../model/shape.js";
import { checkpointShape, eventsShape, resultShape, textOrNull } from "../stored-shapes.js";
import { LineSum } from "./lines.js";
import { ARCHIVE_FORMAT, type ArchiveHead, type ArchiveRecord } from "./record.js";

/** The head of a file. Throws `ARCHIVE_DAMAGED`, `ARCHIVE_NEWER`. */
function readHead(line: string): ArchiveHead {
  const head = parsed(line, 1);
  const { patchbay, format, run, graph } = head;
  if (patchbay !== "run" || typeof format !== "number") throw damaged(1, "it is not the first line of an exported run");
  if (format > ARCHIVE_FORMAT) {
    throw new PatchbayError("ARCHIVE_NEWER", `The file has format ${format}; this version knows ${ARCHIVE_FORMAT}.`, { format });
  }
  if (typeof run !== "string" || typeof graph !== "string") throw damaged(1, "it does not say which run it is");
  return { patchbay, format, run, graph };
}

/** The head of a file and its records, one after the other. Reading to the end makes sure that all of it is there, unchanged. */
export function* readRecords(lines: Iterable<string>): Generator<ArchiveHead | ArchiveRecord, void, void> {
  const sum = new LineSum();
  let ended = false;
  for (const line of lines) {
    const place = sum.lines + 1;
    if (ended) throw damaged(place + 1, "it stands after the end");
    const value = place === 1 ? readHead(line) : parsed(line, place);
    if ("type" in value && value["type"] === "end") {
      checkEnd(value, sum);
      ended = true;
      continue;
    }
    sum.addLine(`${line}\n`);
    yield "patchbay" in value ? (value as unknown as ArchiveHead) : recordOf(value, place);
  }
  if (!ended) throw damaged(sum.lines + 1, "the file ends before its end");
}

/** The error for a file that is not what was exported. */
export function damaged(line: number, why: string, cause?: unknown): PatchbayError {
  return new PatchbayError("ARCHIVE_DAMAGED", `The file is damaged at line ${line}: ${why}.`, { line }, cause);
}

function parsed(line: string, place: number): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(line) as JsonValue;
  } catch (cause) {
    throw damaged(place, "it is not JSON", cause);
  }
  if (!isObject(value)) throw damaged(place, "it is not an object");
  return value;
}

function checkEnd({ lines, sha256 }: JsonObject, sum: LineSum): void {
  const place = sum.lines + 1;
  if (lines !== sum.lines) throw damaged(place, `it counts ${JSON.stringify(lines)} lines before it, and there are ${sum.lines}`);
  if (sha256 !== sum.finish()) throw damaged(place, "the checksum of what stands before it does not match");
}

const parent = shaped({ run: text, task: text, since: text });

const shapes: Readonly<Record<ArchiveRecord["type"], Shape>> = {
  document: { revision: text, text, files: object },
  run: { run: shaped({ id: text, graph: text, startedAt: number, parent: absentOr(parent) }) },
  checkpoint: { checkpoint: checkpointShape, trace: eventsShape },
  gone: { run: text, id: text, parent: textOrNull, trace: eventsShape },
  trace: { run: text, checkpoint: text, events: eventsShape },
  results: { run: text, checkpoint: text, results: allOf(resultShape) },
  head: { run: text, checkpoint: text },
};

function recordOf(value: JsonObject, place: number): ArchiveRecord {
  const { type } = value;
  if (typeof type !== "string" || !Object.hasOwn(shapes, type)) throw damaged(place, "it is none of the records that there are");
  const wrong = Object.entries(shapes[type as ArchiveRecord["type"]]).find(([name, check]) => !check(value[name]));
  if (wrong !== undefined) throw damaged(place, `its "${wrong[0]}" is not what belongs there`);
  return value as unknown as ArchiveRecord;
}

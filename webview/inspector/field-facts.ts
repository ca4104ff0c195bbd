import { use } from "react";
import type { JsonValue } from "../../runtime/model/json.js";
import { Subject } from "./subject.js";
import { channelFields, edgeFields, factsAt, nodeFields, type EntryFields, type FieldFacts } from "./schema/field-schema.js";

type Known = Pick<FieldFacts, "required" | "help" | "usual"> & Partial<Pick<FieldFacts, "schema">>;

const nothing: Known = { required: false };

/** What the format says of a field of what the inspector shows. */
export function useFieldFacts(name: string): Known {
  const subject = use(Subject);
  return factsAt(fieldsOf(subject), name) ?? nothing;
}

function fieldsOf(subject: React.ContextType<typeof Subject>): EntryFields {
  if (subject === undefined) return new Map();
  if ("node" in subject) return nodeFields(subject.kind);
  return "edge" in subject ? edgeFields() : channelFields();
}

/** What counts where nothing is said, as it stands in an empty field. */
export function showUsual(usual: JsonValue): string {
  if (typeof usual === "string") return usual;
  return Array.isArray(usual) && usual.every((item) => typeof item === "string") ? usual.join(", ") : JSON.stringify(usual);
}

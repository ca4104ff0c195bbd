import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { Event } from "../emitter.js";

/** A graph document as runs need it: its newest understanding, and where it lives. */
export interface GraphSource {
  /** The document's URI: names the graph among all that are open. */
  readonly key: string;
  /** File name: names the graph in its store. */
  readonly name: string;
  /** Folder of the document, where it is a local file: handlers are found from here, the store is beside it. */
  readonly directory: string | undefined;
  readonly parsed: ParsedDocument;
  readonly onDidChange: Event<void>;
}

/** A file that a graph's nodes run, a handler's module or another graph, in one state, with all that it leads to. */
export interface FileVersion {
  /** Hash of its text and of the texts that it leads to: the same for the same texts, on every machine and at every time. */
  readonly version: string;
  /** Of a module: whether its text leaves room for commands (`goto`, `send`), so that a task may lead anywhere. */
  readonly commands: boolean;
}

/** Finds the version of a file by its path as a document has it; undefined where none is known, as of functions in process. */
export type FileVersions = (path: string) => FileVersion | undefined;

/** Files by their path as a document has it: as they are stored. */
export type StoredFiles = Readonly<Record<string, FileVersion>>;

/** Knows no file. */
export const noFiles: FileVersions = () => undefined;

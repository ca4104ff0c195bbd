/** A file of the folder, before it is read. */
export interface SourceFile {
  /** From the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** By its name; "Other" where the name says nothing. */
  readonly language: string;
}

/** What the files of one language add up to. */
export interface LanguageCount {
  readonly language: string;
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
}

/** A TODO, FIXME, HACK or XXX in a file. */
export interface Marker {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** One package that the folder depends on. */
export interface Dependency {
  /** The manifest that names it. */
  readonly manifest: string;
  readonly name: string;
  readonly version: string;
  readonly use: "run" | "development";
}

/** What a handler uses of its context. */
export interface Context {
  readonly signal: AbortSignal;
  log(message: string): void;
  progress(fraction: number, message?: string): void;
}

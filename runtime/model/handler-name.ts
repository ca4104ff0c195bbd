/** What a `handler` field names. */
export interface HandlerName {
  /** Path of the module as the document has it, relative to the document. */
  readonly path: string;
  /** `default` where none is named. */
  readonly exportName: string;
}

/** Takes `./nodes/a.ts#name` apart. */
export function handlerName(handler: string): HandlerName {
  const [path = "", exportName = "default"] = handler.split("#", 2);
  return { path, exportName };
}

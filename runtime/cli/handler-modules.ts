import { resolve } from "node:path";
import type { HandlerModule } from "../document/handler-problems.js";
import { lookAtModule } from "../platform/handler-module.js";

/** Looks at the modules that a document in `folder` names; each once. */
export function handlerModules(folder: string, workspace: string): (path: string) => HandlerModule {
  const known = new Map<string, HandlerModule>();
  return (path) => {
    const module = known.get(path) ?? lookAtModule(resolve(folder, path), workspace);
    known.set(path, module);
    return module;
  };
}

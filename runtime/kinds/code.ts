import type { CodeNode } from "../model/graph.js";
import { callHandler } from "./call-handler.js";
import type { KindDefinition } from "./kind.js";

/** `code`: the user's module, called in a handler process. */
export const code: KindDefinition<CodeNode> = { kind: "code", compile: (def, _scope, files) => callHandler(def, files) };

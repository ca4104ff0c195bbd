// A handler in a debugger: the inspector of this process is open for as long as one call takes.
//
// 1. It is open on the loopback interface alone, at a free port, and closed when the call has ended.
// 2. Nothing of the handler runs until the host has set its breakpoint, and a debugger has attached and set what it wants to set.
import inspector from "node:inspector";
import type { Reports } from "./context.js";
import { INSPECTED } from "./messages.js";

/**
 * Does the work of a call of a handler in a debugger. `first` is the function that it begins with: the host, which is given the
 * address to attach to by `tell`, sets a breakpoint there.
 */
export async function inspected<Outcome>(
  first: unknown,
  tell: (address: string) => void,
  reports: Pick<Reports, "log">,
  work: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  try {
    Object.defineProperty(globalThis, Symbol.for(INSPECTED), { value: first, configurable: true });
    inspector.open(0, "127.0.0.1"); // invariant 1
    tell(inspector.url() ?? "");
    inspector.waitForDebugger(); // invariant 2
  } catch (thrown) {
    reports.log("warn", `The handler cannot be debugged: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  } finally {
    Reflect.deleteProperty(globalThis, Symbol.for(INSPECTED));
  }
  try {
    return await work();
  } finally {
    inspector.close();
  }
}

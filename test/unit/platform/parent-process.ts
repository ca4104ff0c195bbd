// Calls one handler, prints the id of the handler process, and does not dispose of the host unless the handler is "dispose".
import { createHandlerHost } from "../../../runtime/platform/handler-host.js";
import { callExport, updateOf } from "./host-calls.js";

const [entry = "", workspace = "", samples = "", name = ""] = process.argv.slice(2);
const host = createHandlerHost({ entry, workspace });
const { pid } = updateOf(await callExport(host, samples, "processId"));
if (name === "dispose") {
  await host.dispose();
  process.exit(); // not reached when nothing holds the process until then
}
const call = callExport(host, samples, name);
await new Promise((resolve) => setTimeout(resolve, 50)); // so that the call is at work when the parent is killed
process.stdout.write(`${JSON.stringify(pid)}\n`);
await call;

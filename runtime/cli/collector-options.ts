import { version } from "../../package.json";
import { PatchbayError } from "../errors.js";
import { Collector } from "../platform/otlp/collector.js";
import { systemClock } from "../platform/system-clock.js";
import type { Arguments } from "./arguments.js";
import type { Option } from "./command.js";

/** Options of commands that send spans to an OpenTelemetry collector. */
export const collectorOptions = {
  otlp: { value: "URL", help: "Send the trace as spans to an OpenTelemetry collector (OTLP over HTTP, JSON): http://127.0.0.1:4318." },
  header: { value: "NAME=VALUE", multiple: true, help: "Send this header along to the collector." },
} as const satisfies Record<string, Option>;

/** The collector that was named; undefined where none was. Throws `USAGE`. */
export function collectorOf(given: Arguments): Collector | undefined {
  const url = given.value("otlp");
  const headers = Object.fromEntries(given.values("header").map(headerOf));
  if (url !== undefined) return new Collector({ url, headers }, version, systemClock);
  if (given.has("header")) throw new PatchbayError("USAGE", "--header is for the collector that --otlp names.");
  return undefined;
}

function headerOf(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new PatchbayError("USAGE", `--header ${text}: give NAME=VALUE.`);
}

/**
 * The headers of a list as OpenTelemetry's environment variables have it: `name=value,other=value`, values percent-encoded. What is no
 * header is left out.
 */
export function parseHeaderList(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(",").flatMap((entry) => {
      const at = entry.indexOf("=");
      const name = entry.slice(0, Math.max(0, at)).trim();
      return name === "" ? [] : [[name, decoded(entry.slice(at + 1).trim())]];
    }),
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // a percent sign that stands for itself
  }
}

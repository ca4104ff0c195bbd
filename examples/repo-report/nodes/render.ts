import type { Channels } from "../.patchbay/types/repo-report.d.ts";

/** All that the branches found. */
export type Findings = Pick<Channels, "name" | "languages" | "largest" | "markers" | "dependencies">;

const MARKERS_SHOWN = 50;

/** The report as Markdown. */
export function render({ name, languages, largest, markers, dependencies }: Findings): string {
  const all = languages.reduce(
    (sum, { files, lines, bytes }) => ({ files: sum.files + files, lines: sum.lines + lines, bytes: sum.bytes + bytes }),
    { files: 0, lines: 0, bytes: 0 },
  );
  const sections = [
    `# ${name}`,
    `${grouped(all.files)} files, ${grouped(all.lines)} lines, ${grouped(all.bytes)} bytes.`,
    "## Languages",
    table(
      ["Language", "Files", "Lines", "Bytes"],
      [1, 2, 3],
      languages.map((row) => [row.language, grouped(row.files), grouped(row.lines), grouped(row.bytes)]),
    ),
    "## Largest files",
    table(
      ["File", "Language", "Bytes"],
      [2],
      largest.map((file) => [code(file.path), file.language, grouped(file.bytes)]),
    ),
    "## Left for later",
    markerList(markers),
    "## Dependencies",
    dependencies.length === 0
      ? "None."
      : table(
          ["Package", "Version", "Use", "Manifest"],
          [],
          dependencies.map((row) => [row.name, row.version, row.use, code(row.manifest)]),
        ),
  ];
  return `${sections.join("\n\n")}\n`;
}

function markerList(markers: Channels["markers"]): string {
  if (markers.length === 0) return "None.";
  const shown = markers.slice(0, MARKERS_SHOWN).map((marker) => `- ${code(`${marker.path}:${marker.line}`)} ${marker.text}`);
  const more = markers.length - shown.length;
  return [...shown, ...(more > 0 ? [`- and ${grouped(more)} more`] : [])].join("\n");
}

/** `1234567` as `1,234,567`. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(heads: readonly string[], right: readonly number[], rows: readonly (readonly string[])[]): string {
  const rule = heads.map((_head, column) => (right.includes(column) ? "---:" : "---"));
  return [heads, rule, ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}

import { extname } from "node:path";

const byExtension: Readonly<Record<string, string>> = {
  ".c": "C",
  ".h": "C",
  ".cc": "C++",
  ".cpp": "C++",
  ".hpp": "C++",
  ".cs": "C#",
  ".css": "CSS",
  ".go": "Go",
  ".html": "HTML",
  ".java": "Java",
  ".js": "JavaScript",
  ".cjs": "JavaScript",
  ".mjs": "JavaScript",
  ".jsx": "JavaScript",
  ".json": "JSON",
  ".jsonc": "JSON",
  ".kt": "Kotlin",
  ".md": "Markdown",
  ".php": "PHP",
  ".py": "Python",
  ".rb": "Ruby",
  ".rs": "Rust",
  ".scss": "CSS",
  ".sh": "Shell",
  ".sql": "SQL",
  ".svg": "SVG",
  ".swift": "Swift",
  ".toml": "TOML",
  ".ts": "TypeScript",
  ".mts": "TypeScript",
  ".cts": "TypeScript",
  ".tsx": "TypeScript",
  ".vue": "Vue",
  ".yaml": "YAML",
  ".yml": "YAML",
};

/** The language that a file's name says. */
export function languageOf(path: string): string {
  return byExtension[extname(path).toLowerCase()] ?? "Other";
}

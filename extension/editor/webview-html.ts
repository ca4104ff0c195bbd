import { randomBytes } from "node:crypto";

/** What the page of a canvas is made of. */
export interface PageParts {
  /** Source that VS Code serves the extension's own files from. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
  readonly title: string;
  /** Whether it begins with a minimap: `auto`, `on` or `off`. */
  readonly minimap: string;
}

/** The page of a canvas: bundled assets only, and nothing else may load or run. */
export function webviewHtml({ cspSource, script, style, language, title, minimap }: PageParts): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join("; ");
  // The style sheet's id is where the form controls look for the icon font.
  return `<!doctype html>
<html lang="${escapeText(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" nonce="${nonce}" href="${escapeText(style)}" id="vscode-codicon-stylesheet">
    <title>${escapeText(title)}</title>
  </head>
  <body data-minimap="${escapeText(minimap)}">
    <div id="root"></div>
    <script nonce="${nonce}" type="module" src="${escapeText(script)}"></script>
  </body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

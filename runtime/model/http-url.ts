/** Why an address cannot be asked; undefined for one that can. The words name no part of it that could be a secret. */
export function urlFault(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) return /^[a-z][a-z0-9+.-]*:/i.test(text) ? "it is no valid address" : "it does not start with http:// or https://";
  if (url.protocol !== "http:" && url.protocol !== "https:") return `its scheme is ${url.protocol}, not http: or https:`;
  if (url.username !== "" || url.password !== "") return "it holds a user name or password";
  return undefined;
}

/** The same for a template, as far as the text before its first hole tells. */
export function urlTemplateFault(template: string): string | undefined {
  const hole = template.indexOf("{{");
  if (hole < 0) return urlFault(template.trim());
  const start = template.slice(0, hole).trimStart();
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(start)?.[0].toLowerCase();
  if (scheme === "http:" || scheme === "https:") return /^https?:\/\//i.test(start) ? undefined : `it lacks // after ${scheme}`;
  // `{{base}}/path`, and `htt{{p}}`, which nobody writes
  if (start === "" || (scheme === undefined && /^https?$/i.test(start))) return undefined;
  return scheme === undefined ? "it does not start with http:// or https://" : `its scheme is ${scheme}, not http: or https:`;
}

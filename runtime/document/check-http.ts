import { urlTemplateFault } from "../model/http-url.js";
import { memberOf, type JsonNode } from "./json-tree.js";
import type { LocalProblem } from "./reading.js";

/** What is wrong with a template at a place of the entry; `where` names the field for people. */
export type TemplateCheck = (source: string, at: JsonNode, where: string) => readonly LocalProblem[];

/** What is wrong with the address and the templates of an `http` node. */
export function checkHttp(node: JsonNode | undefined, template: TemplateCheck): readonly LocalProblem[] {
  const url = memberOf(node, "url");
  return [
    ...checkUrl(url),
    ...templates(url, "the address", template),
    ...["headers", "query", "body"].flatMap((field) => templates(memberOf(node, field), `\`${field}\``, template)),
  ];
}

function checkUrl(url: JsonNode | undefined): readonly LocalProblem[] {
  const fault = url?.type === "string" ? urlTemplateFault(String(url.value)) : undefined;
  if (url === undefined || fault === undefined) return [];
  const message = `\`url\` cannot be asked: ${fault}.`;
  return [{ severity: "error", code: "HTTP_URL", message, range: { start: url.start, end: url.end } }];
}

/** Every string within a value is a template. */
function templates(value: JsonNode | undefined, where: string, template: TemplateCheck): readonly LocalProblem[] {
  switch (value?.type) {
    case "string":
      return template(String(value.value), value, where);
    case "array":
      return value.items.flatMap((item) => templates(item, where, template));
    case "object":
      return value.properties.flatMap((property) => templates(property.value, where, template));
    case "number":
    case "boolean":
    case "null":
    case undefined:
      return [];
  }
}

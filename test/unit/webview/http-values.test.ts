import { expect, test } from "vitest";
import type { JsonValue } from "../../../runtime/model/json.js";
import { readBody, showBody } from "../../../webview/inspector/http-values.js";
import type { Typed } from "../../../webview/inspector/values.js";

function check(name: string, typed: Typed, expected: JsonValue): void {
  test(name, () => {
    expect(typed.ok ? typed.value : "refused").toEqual(expected);
  });
}

check("a body of JSON", readBody(' {"a": ["{{b}}"]} '), { a: ["{{b}}"] });
check("a body of text", readBody("Hello {{name}}\n"), "Hello {{name}}\n");
check("a body that is a value", readBody("{{order}}"), "{{order}}");
check("a number is text", readBody("12"), "12");
check("no body", readBody(" "), null);
check("a body that is nearly JSON", readBody('{"a": }'), "refused");

test("what was read is shown as it can be read again", () => {
  for (const body of [{ a: [1] }, "text", "{{x}}"]) expect(readBody(showBody(body))).toEqual({ ok: true, value: body });
  expect(showBody(undefined)).toBe("");
});

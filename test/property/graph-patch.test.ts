import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { graphPatch } from "../../extension/bridge/graph-patch.js";
import { GraphProjection } from "../../extension/bridge/project-graph.js";
import { parseDocument } from "../../runtime/document/parse.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { notifications } from "../../webview/protocol/messages.js";
import { patched } from "../../webview/store/patched.js";
import { textChange } from "../support/text-edits.js";
import { documentJson, written } from "../unit/document/random-document.js";

const facts = (parsed: ParsedDocument, version: number) => ({
  parsed,
  problems: parsed.problems,
  version,
  title: "stem",
  readOnly: parsed.readOnly,
  trusted: version % 7 > 0,
  lineOf: (offset: number) => parsed.text.slice(0, offset).split("\n").length,
});

/** What arrives at the other side. */
const posted = <Value>(value: Value): Value => structuredClone(value);

const text = fc.tuple(documentJson, fc.nat()).map(([json, hand]) => written(json, hand));

test("patches make of a canvas's graph what the document says, whatever the edits", () => {
  let patches = 0;
  fc.assert(
    fc.property(text, fc.array(textChange, { minLength: 1, maxLength: 12 }), (first, changes) => {
      const projection = new GraphProjection();
      let parsed = parseDocument(first);
      let shown = projection.of(facts(parsed, 1));
      let canvas = v.parse(notifications["graph/changed"], posted(shown));
      const texts = [first];
      for (const [index, change] of changes.entries()) {
        texts.push(change(parsed.text, texts, parsed));
        parsed = parseDocument(texts.at(-1) ?? "", parsed);
        const next = projection.of(facts(parsed, index + 2));
        expect(next).toEqual(new GraphProjection().of(facts(parsed, index + 2)));
        const patch = graphPatch(shown, next);
        if (patch !== undefined) patches += 1;
        const whole = v.parse(notifications["graph/changed"], posted(next));
        canvas = patch === undefined ? whole : patched(canvas, v.parse(notifications["graph/patched"], posted(patch)));
        expect(canvas).toEqual(whole);
        shown = next;
      }
    }),
    { numRuns: 200 },
  );
  expect(patches).toBeGreaterThan(100);
});

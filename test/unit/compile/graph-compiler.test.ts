import { describe, expect, test } from "vitest";
import { CompileQueue, GraphCompiler, parseDocument, type ParsedDocument } from "../../../runtime/index.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { ManualFiles } from "../../support/manual-files.js";

const graph: ShortGraph = {
  channels: { n: { schema: { type: "number" } } },
  nodes: { a: {}, b: {}, c: {}, x: { kind: "expression", set: { n: "1" } } },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "a -> c", e4: "b -> x", e5: "x -> @end" },
};

function compilerOf(text = graphText(graph)) {
  const clock = new ManualClock();
  const files = new ManualFiles();
  const compiler = new GraphCompiler("g", new CompileQueue(clock), clock, { files });
  let document: ParsedDocument = parseDocument(text);
  compiler.update(document);
  const edit = (next: string) => {
    document = parseDocument(next, document);
    compiler.update(document);
    return compiler.history[0];
  };
  return { clock, compiler, edit, files };
}

describe("graph compiler", () => {
  const table: readonly [string, (text: string) => string, "none" | "soft" | "hard"][] = [
    ["a moved node", (text) => text.replace(/\}\s*$/, ',\n  "layout": { "a": [20, 40] }\n}'), "none"],
    ["a title", (text) => text.replace('"Test"', '"Other"'), "none"],
    ["a label that reads like a change of structure", (text) => text.replace('"./a.ts"', '"./a.ts", "label": "Removed node: b"'), "none"],
    ["formatting", (text) => JSON.stringify(JSON.parse(text)), "none"],
    ["a comment", (text) => `// why\n${text}`, "none"],
    ["an edge retargeted", (text) => text.replace('"to": "c"', '"to": "x"'), "soft"],
    ["an edge given a condition", (text) => text.replace('"to": "c"', '"to": "c", "when": "n > 1"'), "soft"],
    [
      "an edge added to a node named like a verb",
      (text) => text.replace('"e5":', '"create_user": { "from": "a", "to": "x" }, "e5":'),
      "soft",
    ],
    ["a join policy", (text) => text.replace('"./b.ts"', '"./b.ts", "join": "all"'), "soft"],
    ["a handler", (text) => text.replace("./b.ts", "./other.ts"), "soft"],
    ["an expression", (text) => text.replace('"n": "1"', '"n": "2"'), "soft"],
    ["a node added", (text) => text.replace('"x": {', '"y": { "kind": "code", "handler": "./y.ts" }, "x": {'), "hard"],
    ["a kind", (text) => text.replace(/"kind": "code",\s*"handler": "\.\/c\.ts"/, '"kind": "barrier", "prompt": "?"'), "hard"],
    ["a channel's schema", (text) => text.replace('"type": "number"', '"type": "integer"'), "hard"],
    [
      "a reducer of the user's",
      (text) => text.replace('"type": "number"\n      }', '"type": "number" }, "reducer": { "handler": "./fold.ts" }'),
      "hard",
    ],
    ["a reducer", (text) => text.replace('"type": "number"\n      }', '"type": "number" }, "reducer": "sum"'), "hard"],
    ["the limits", (text) => text.replace(/\}\s*$/, ',\n  "limits": { "supersteps": 5 }\n}'), "hard"],
  ];
  for (const [name, change, expected] of table) {
    test(`${name}: ${expected}`, async () => {
      const { clock, compiler, edit } = compilerOf();
      const before = compiler.current?.plan;
      const changed = change(graphText(graph));
      expect(changed).not.toBe(graphText(graph));
      edit(changed);
      expect(compiler.current?.document.valid).toBe(true);
      if (expected === "hard") {
        expect([compiler.stale, compiler.current?.plan === before, compiler.pending?.edits]).toEqual([true, true, 1]);
        clock.advance(0);
        await Promise.resolve();
      }
      expect(compiler.stale).toBe(false);
      expect(compiler.current?.document.text).toBe(changed);
      if (expected === "none") expect([compiler.current?.plan === before, compiler.history.length]).toEqual([true, 1]);
      else expect([compiler.history[0]?.class, compiler.history.length, compiler.current?.plan === before]).toEqual([expected, 2, false]);
    });
  }

  test("a broken document leaves the plan in force and marks it stale; mending it recovers", () => {
    const { compiler, edit } = compilerOf();
    const plan = compiler.current?.plan;
    edit(graphText(graph).replace('"to": "c"', '"to": "nowhere"'));
    expect([compiler.stale, compiler.current?.plan === plan]).toEqual([true, true]);
    edit("{");
    expect([compiler.stale, compiler.current?.plan === plan]).toEqual([true, true]);
    edit(graphText(graph));
    expect([compiler.stale, compiler.current?.plan === plan, compiler.history.length]).toEqual([false, true, 1]);
  });

  test("a hard change that is undone before it was compiled leaves nothing waiting", () => {
    const { clock, compiler, edit } = compilerOf();
    edit(graphText(graph).replace('"type": "number"', '"type": "integer"'));
    edit(graphText(graph));
    clock.advance(60_000);
    expect([compiler.stale, compiler.pending, compiler.history.length]).toEqual([false, undefined, 1]);
  });

  test("strategy soft refuses a hard change whole, with a reason", () => {
    const soft = { ...graph, compile: { strategy: "soft" } };
    const { compiler, edit } = compilerOf(graphText(soft));
    const plan = compiler.current?.plan;
    const record = edit(graphText({ ...soft, nodes: { ...soft.nodes, y: {} }, edges: { ...soft.edges, e3: "a -> y" } }));
    expect(record).toMatchObject({ success: false, error: { code: "HARD_REFUSED" } });
    expect([compiler.stale, compiler.current?.plan === plan, compiler.pending]).toEqual([true, true, undefined]);
  });

  test("reasons name what changed and are kept in the history", () => {
    const { edit } = compilerOf();
    const record = edit(graphText({ ...graph, edges: { ...graph.edges, e3: "a -> x" } }));
    expect(record?.reasons).toEqual(["edge e3 retargeted: a -> c is now a -> x"]);
  });

  describe("a changed file", () => {
    const given = (options: Partial<ShortGraph> = {}) => {
      const made = compilerOf(graphText({ ...graph, nodes: { ...graph.nodes, c: { handler: "./a.ts#c" } }, ...options }));
      const { compiler, files } = made;
      const save = (path: string, version: string | undefined) => {
        files.save(path, version);
        compiler.filesChanged();
        return [compiler.history.length, compiler.history[0]?.class, compiler.history[0]?.recomputed, compiler.history[0]?.reasons];
      };
      return { ...made, save };
    };

    test("is a soft recompile of the nodes that run it", () => {
      const { compiler, save } = given();
      const before = compiler.current?.plan;
      expect(save("./a.ts", "1")).toEqual([2, "soft", 2, ["file ./a.ts changed"]]);
      expect(compiler.current?.plan.nodes.get("c")?.version).toBe("1");
      expect(compiler.current?.plan.nodes.get("b")).toBe(before?.nodes.get("b"));
      expect(compiler.current?.plan.revision).not.toBe(before?.revision);
    });

    test("that nothing runs, or that means the same as before, is none", () => {
      const { save } = given();
      save("./a.ts", "1");
      expect(save("./elsewhere.ts", "1")[0]).toBe(2);
      expect(save("./a.ts", "1")[0]).toBe(2);
    });

    test("that is saved as it was before has the revision that it had before", () => {
      const { compiler, save } = given();
      save("./a.ts", "1");
      const { revision } = compiler.current?.plan ?? {};
      save("./a.ts", "2");
      save("./a.ts", "1");
      expect([compiler.current?.plan.revision, compiler.history.length]).toEqual([revision, 4]);
    });

    test("comes into force while the document is broken, or waits for a hard compile", () => {
      for (const [from, to] of [
        ['"to": "c"', '"to": "nowhere"'],
        ['"type": "number"', '"type": "integer"'],
      ] as const) {
        const { compiler, edit, save } = given();
        const { pending } = (edit(graphText(graph).replace(from, to)), compiler);
        expect(save("./a.ts", "1").slice(0, 2)).toEqual([2, "soft"]);
        expect([compiler.stale, compiler.pending?.edits]).toEqual([true, pending?.edits]);
      }
    });

    test("is compiled anew with all the rest where the graph asks for that", () => {
      const { save } = given({ compile: { strategy: "hard" } });
      expect(save("./a.ts", "1")).toEqual([2, "hard", 4, ["file ./a.ts changed"]]);
    });

    test("that was not told of waits: an edit elsewhere does not take it", () => {
      const { compiler, edit, files } = given();
      files.save("./a.ts", "1");
      edit(graphText({ ...graph, edges: { ...graph.edges, e3: "a -> x" } }));
      expect(compiler.current?.plan.nodes.get("a")?.version).toBeUndefined();
    });

    test("that cannot be loaded is told of, and changes nothing", () => {
      const { compiler, files } = given();
      files.save("./a.ts", "1");
      compiler.filesChanged();
      const fault = { code: "HANDLER_LOAD" as const, message: "no" };
      files.break("./a.ts", fault);
      files.break("./elsewhere.ts", fault);
      compiler.filesChanged();
      expect([[...compiler.fileFaults], compiler.history.length]).toEqual([[["./a.ts", fault]], 2]);
    });
  });
});

import { compileGraph, parseDocument, RunSession, type GraphSource, type JsonObject } from "../../runtime/index.js";
import { noFiles } from "../../runtime/model/file-version.js";
import { services, type Handlers } from "../unit/run/harness.js";

/** How a run of documents ended. */
export interface Ended {
  readonly status: RunSession["status"];
  readonly channels: JsonObject;
  readonly session: RunSession;
}

/** Runs a document to its end, with those that its nodes name by their paths. */
export async function runText(text: string, { handlers = {}, others = {}, input = {} }: RunTextTerms = {}): Promise<Ended> {
  const graphs = sourceOf(others);
  const session = RunSession.start(compileText(text), { graph: "test", input }, { ...services(handlers), graphs });
  if (session.status !== "completed") await session.continue(); // a run may have nothing to do
  return { status: session.status, channels: session.channels, session };
}

/** What a run of documents is given. */
export interface RunTextTerms {
  readonly handlers?: Handlers;
  /** Texts of other documents by path. */
  readonly others?: Readonly<Record<string, string>>;
  readonly input?: JsonObject;
}

function compileText(text: string): {
  readonly plan: ReturnType<typeof compileGraph>;
  readonly document: ReturnType<typeof parseDocument>;
} {
  const document = parseDocument(text);
  if (!document.valid) throw new Error(document.problems.map((problem) => `${problem.code} ${problem.message}`).join("\n"));
  return { plan: compileGraph(document.graph, noFiles), document };
}

const toName = (path: string): string => path.replace(/^\.\/(.*)\.ts$/, "$1");

/** Documents that nodes name by their paths. */
export function sourceOf(texts: Readonly<Record<string, string>>): GraphSource {
  const known = new Map<string, ReturnType<GraphSource["load"]>>();
  const source: GraphSource = {
    load(path) {
      const text = texts[path];
      if (text === undefined) return { ok: false, error: { code: "GRAPH_MISSING", message: `There is no graph "${path}".` } };
      const found = known.get(path) ?? { ok: true, graph: { ...compileText(text), name: path, resolve: toName, graphs: source } };
      known.set(path, found);
      return found;
    },
  };
  return source;
}

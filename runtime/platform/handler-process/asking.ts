import { REROUTE } from "../../model/graph.js";
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import type { AskedQuestion, HandlerAnswer } from "../../ports.js";
import type { HandlerQuestion } from "./handler-types.js";

/** What can be answered where a handler does not say. */
const defaultActions: readonly string[] = ["answer"];

/** The questions of one call: answers those that are answered, and collects the others until the call ends. */
export class Asking {
  readonly #answers: Readonly<Record<string, HandlerAnswer>>;
  readonly #park: (asks: readonly AskedQuestion[]) => void;
  readonly #asks = new Map<string, AskedQuestion>();

  /** `park` is called once, with the questions, when at least one has no answer. */
  constructor(answers: Readonly<Record<string, HandlerAnswer>>, park: (asks: readonly AskedQuestion[]) => void) {
    this.#answers = answers;
    this.#park = park;
  }

  /** The answer, or a promise that is never settled: the call ends when all that is asked in this turn of the event loop is asked. */
  async ask(key: string, question: HandlerQuestion): Promise<HandlerAnswer> {
    const draft = draftOf(key, question);
    const answer = Object.hasOwn(this.#answers, key) ? this.#answers[key] : undefined;
    if (answer !== undefined) return answer;
    if (this.#asks.size === 0) setImmediate(() => this.#park([...this.#asks.values()]));
    if (!this.#asks.has(key)) this.#asks.set(key, draft);
    return new Promise<never>(() => {});
  }
}

/** Handlers may be plain JavaScript, so what they ask is looked at. */
function draftOf(key: unknown, question: unknown): AskedQuestion {
  if (typeof key !== "string" || key === "")
    throw new TypeError("ctx.ask takes a key first, a string that tells its question from others.");
  if (!isObject(question)) throw new TypeError(`ctx.ask("${key}") takes a question: { prompt, actions, schema }.`);
  const { prompt, actions = defaultActions, schema, ...others } = question;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new TypeError(`ctx.ask("${key}"): a question has "prompt", "actions" and "schema", not "${other}".`);
  if (typeof prompt !== "string") throw new TypeError(`ctx.ask("${key}"): \`prompt\` must be a string.`);
  if (!areActions(actions))
    throw new TypeError(`ctx.ask("${key}"): \`actions\` must be a list of different words that do not start with "@".`);
  if (actions.includes(REROUTE)) throw new TypeError(`ctx.ask("${key}"): only a barrier can be answered with "${REROUTE}".`);
  if (schema !== undefined && !isObject(schema)) throw new TypeError(`ctx.ask("${key}"): \`schema\` must be a JSON Schema, an object.`);
  return { key, prompt, actions, ...(schema === undefined ? {} : { schema: copyOf(schema) }) };
}

function areActions(actions: JsonValue): actions is readonly string[] {
  if (!Array.isArray(actions) || actions.length === 0) return false;
  const words = actions.filter((action) => typeof action === "string" && action !== "" && !action.startsWith("@"));
  return words.length === actions.length && new Set(words).size === words.length;
}

/** As JSON has it: it is stored with the question. */
function copyOf(schema: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(schema)) as JsonObject;
}

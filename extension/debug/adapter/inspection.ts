import type { DebugProtocol } from "@vscode/debugprotocol";
import { PatchbayError } from "../../../runtime/errors.js";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";
import { evaluateIn } from "./evaluate.js";
import { scopesOf } from "./scopes.js";
import { childrenOf, lineOf, Shown, type Children } from "./variables.js";

/** The values of one stop. */
export class Inspection {
  readonly #actor: string;
  readonly #shown = new Shown();

  /** `actor`: who is said to have edited what is edited here. */
  constructor(actor: string) {
    this.#actor = actor;
  }

  /** The run moves: what was shown is no more. */
  clear(): void {
    this.#shown.clear();
  }

  scopes(level: Level): DebugProtocol.Scope[] {
    return scopesOf(level, this.#actor).map(({ name, hint, children }) => ({
      name,
      presentationHint: hint,
      variablesReference: this.#shown.reference(children),
      namedVariables: children.named,
      indexedVariables: children.indexed,
      expensive: false,
    }));
  }

  variables({ variablesReference, filter, start = 0, count = 0 }: DebugProtocol.VariablesArguments): DebugProtocol.Variable[] {
    const children = this.#children(variablesReference);
    return children.list(filter, start, count === 0 ? Infinity : count).map((child) => this.#shown.variable(child));
  }

  /** Whether something that is shown holds whole channels. */
  isChannels(reference: number): boolean {
    return this.#shown.get(reference)?.set !== undefined;
  }

  /** Gives a channel another value: JSON, or what an expression comes to. Throws `INPUT_INVALID`, and as `RunSession.edit` does. */
  set({ variablesReference, name, value }: DebugProtocol.SetVariableArguments, level: Level): DebugProtocol.SetVariableResponse["body"] {
    const { set } = this.#children(variablesReference);
    if (set === undefined) throw new PatchbayError("INPUT_INVALID", "Only whole channels can be given another value.");
    const given = valueOf(value, level);
    set(name, given);
    return { value: lineOf(given), variablesReference: this.#shown.reference(childrenOf(given, name)) };
  }

  /** Throws `EXPRESSION`. */
  evaluate(expression: string, level: Level): DebugProtocol.EvaluateResponse["body"] {
    const result = evaluateIn(level, expression);
    if (!result.ok) throw new PatchbayError("EXPRESSION", result.message);
    const { name: _name, value, evaluateName: _same, ...rest } = this.#shown.variable({ name: "", value: result.value, expression });
    return { result: value, ...rest };
  }

  #children(reference: number): Children {
    const children = this.#shown.get(reference);
    if (children === undefined) throw new PatchbayError("NOT_FOUND", "The run does not stand there any more.");
    return children;
  }
}

function valueOf(text: string, level: Level): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    const result = evaluateIn(level, text);
    if (result.ok) return result.value;
    throw new PatchbayError("INPUT_INVALID", `"${text}" is neither JSON nor an expression: ${result.message}`);
  }
}

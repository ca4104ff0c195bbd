import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ChannelPlace } from "../../../runtime/blame/channel-path.js";
import { PatchbayError } from "../../../runtime/errors.js";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";
import { placeIn, setPlace, valueIn, valueOf } from "./channel-edit.js";
import { evaluateIn } from "./evaluate.js";
import { scopesOf } from "./scopes.js";
import { Shown, type Children } from "./variables.js";

/** A place in a channel, in a frame. */
export interface PlaceInFrame {
  readonly level: Level;
  readonly place: ChannelPlace;
  /** CEL that comes to it. */
  readonly expression: string;
}

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
    return scopesOf(level).map(({ name, hint, children }) => ({
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

  /** Where something that is shown is in a channel; undefined where it is in none. Throws `NOT_FOUND`. */
  placeOf(reference: number, name: string): PlaceInFrame | undefined {
    const { of: level, expressionOf } = this.#children(reference);
    return level === undefined || expressionOf === undefined ? undefined : this.placeNamed(level, expressionOf(name));
  }

  /** Where in a channel an expression leads to in a frame; undefined for any other expression. */
  placeNamed(level: Level, expression: string): PlaceInFrame | undefined {
    const place = placeIn(level, expression);
    return place === undefined ? undefined : { level, place, expression };
  }

  /** Gives a place in a channel another value: JSON, or what an expression comes to. Throws `INPUT_INVALID`, and as `RunSession.edit` does. */
  set(at: PlaceInFrame | undefined, text: string): Omit<DebugProtocol.Variable, "name"> {
    if (at === undefined) throw new PatchbayError("INPUT_INVALID", "Only channels, and what is in them, can be given other values.");
    setPlace(at.level, at.place, valueOf(text, at.level), this.#actor);
    return this.#shownAs(valueIn(at.level, at.place), at.expression, at.level);
  }

  /** Throws `EXPRESSION`. */
  evaluate(expression: string, level: Level): DebugProtocol.EvaluateResponse["body"] {
    const { value: result, ...rest } = this.#shownAs(this.value(expression, level), expression, this.placeNamed(level, expression)?.level);
    return { result, ...rest };
  }

  /** What an expression comes to. Throws `EXPRESSION`. */
  value(expression: string, level: Level): JsonValue {
    const result = evaluateIn(level, expression);
    if (!result.ok) throw new PatchbayError("EXPRESSION", result.message);
    return result.value;
  }

  #shownAs(value: JsonValue | undefined, expression: string, of: Level | undefined): Omit<DebugProtocol.Variable, "name"> {
    const {
      name: _name,
      evaluateName: _same,
      ...rest
    } = this.#shown.variable({ name: "", value, expression, ...(of === undefined ? {} : { of }) });
    return rest;
  }

  #children(reference: number): Children {
    const children = this.#shown.get(reference);
    if (children === undefined) throw new PatchbayError("NOT_FOUND", "The run does not stand there any more.");
    return children;
  }
}

// Asks for the value of one channel in the way that its schema suggests: a choice, words, a number, or JSON.
import * as vscode from "vscode";
import { compileSchema } from "../../runtime/channels/schema-check.js";
import type { ChannelDef } from "../../runtime/model/graph.js";
import type { JsonValue } from "../../runtime/model/json.js";
import { previewJson } from "../../runtime/model/preview-json.js";

const PREVIEW = 80;

/** The value that a person gives a channel; `cleared`: none. Undefined where they give up. */
export type Answer = { readonly value: JsonValue } | { readonly cleared: true } | undefined;

/** Asks for a value, with the one of before to start from. */
export async function askChannel(channel: ChannelDef, before: JsonValue | undefined): Promise<Answer> {
  const choices = choicesOf(channel);
  return choices === undefined ? type(channel, before) : choose(channel, choices, before);
}

/** What a schema lets people choose from. */
function choicesOf({ schema }: ChannelDef): readonly JsonValue[] | undefined {
  const { enum: listed, type: kind } = schema;
  if (Array.isArray(listed)) return listed as readonly JsonValue[];
  return kind === "boolean" ? [true, false] : undefined;
}

async function choose(channel: ChannelDef, choices: readonly JsonValue[], before: JsonValue | undefined): Promise<Answer> {
  const items = choices.map((value) => ({
    label: typeof value === "string" ? value : JSON.stringify(value),
    description: value === before ? vscode.l10n.t("as before") : "",
    value,
  }));
  const choice = await vscode.window.showQuickPick(items, { title: channel.name, placeHolder: hintOf(channel), ignoreFocusOut: true });
  return choice === undefined ? undefined : { value: choice.value };
}

async function type(channel: ChannelDef, before: JsonValue | undefined): Promise<Answer> {
  const isWords = channel.schema["type"] === "string";
  const validate = compileSchema(channel.schema);
  const read = (typed: string): JsonValue => (isWords ? typed : (JSON.parse(typed) as JsonValue));
  const text = await vscode.window.showInputBox({
    title: channel.name,
    prompt: [hintOf(channel), isWords ? "" : vscode.l10n.t("JSON; leave empty for none.")].filter(Boolean).join(" · "),
    value: before === undefined ? "" : isWords && typeof before === "string" ? before : JSON.stringify(before),
    ignoreFocusOut: true,
    validateInput: (typed) => (typed === "" ? undefined : misfit(validate, typed, read)),
  });
  if (text === undefined) return undefined;
  return text === "" ? { cleared: true } : { value: read(text) };
}

function misfit(validate: ReturnType<typeof compileSchema>, typed: string, read: (typed: string) => JsonValue): string | undefined {
  let value: JsonValue;
  try {
    value = read(typed);
  } catch (thrown) {
    return vscode.l10n.t("This is not JSON: {0}", thrown instanceof Error ? thrown.message : String(thrown));
  }
  if (validate(value)) return undefined;
  const [first] = validate.errors ?? [];
  return [first?.instancePath, first?.message].filter(Boolean).join(" ");
}

/** What the schema says about a channel: its title, description and type, and what it holds by itself. */
export function hintOf({ schema, initial }: ChannelDef): string {
  const said = [schema["title"], schema["description"]].filter((each) => typeof each === "string");
  const kind = typeof schema["type"] === "string" ? schema["type"] : "";
  const usual = initial === undefined ? "" : vscode.l10n.t("default {0}", previewJson(initial, PREVIEW));
  return [...said, kind, usual].filter(Boolean).join(" · ");
}

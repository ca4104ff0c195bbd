import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { TypedExpressions } from "./code/typed-expressions.js";
import { FieldProblems } from "./field-problems.js";
import { ChoiceField } from "./fields.js";
import { Section } from "./section.js";
import { showBody } from "./http-values.js";
import { hasPolicies, limitIn, readDuration, readFallback, readNumber, showPart, withLimit, withPart } from "./policies.js";
import { TypedField } from "./typed-field.js";
import { readNames, showNames, showText } from "./values.js";

interface RunningProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

const runs = [
  { value: "", title: "As drawn" },
  { value: "disabled", title: "Disabled: passed by" },
];
const tries = [
  { value: "", title: "It has failed" },
  { value: "again", title: "It is tried again" },
];
const uses = [
  { value: "", title: "Run each time" },
  { value: "cached", title: "Use an earlier result again" },
];
const anyText = (typed: string) => ({ ok: true, value: typed.trim() || null }) as const;

/** How a node is run, whatever it does; folded as long as there is nothing to say. */
export function RunningSection(props: RunningProps): React.ReactElement {
  const { node, disabled, set } = props;
  const barrier = node.kind === "barrier";
  return (
    <Section title="Running" open={hasPolicies(node.fields)}>
      <ChoiceField
        name="disabled"
        label="Runs"
        value={node.fields["disabled"] === true ? "disabled" : ""}
        choices={runs}
        disabled={disabled}
        onCommit={(chosen) => set("disabled", chosen === "" ? null : true)}
      />
      {barrier ? <WaitFields {...props} /> : <LimitFields {...props} />}
      {!barrier && <RetryFields {...props} />}
      <TypedField
        name="fallback"
        label="In place of a failed result"
        value={showBody(node.fields["fallback"])}
        placeholder='./nodes/a.ts#name, or { "channel": … }'
        lines={2}
        code
        disabled={disabled}
        read={readFallback}
        onCommit={(value) => set("fallback", value)}
      />
      {!barrier && <CacheFields {...props} />}
    </Section>
  );
}

/** How long a task may take. */
function LimitFields({ node, disabled, set }: RunningProps): React.ReactElement {
  const limit = (part: "run" | "idle", label: string): React.ReactElement => (
    <TypedField
      name={`timeout.${part}`}
      label={label}
      value={limitIn(node.fields["timeout"], part)}
      placeholder="no limit"
      disabled={disabled}
      read={readDuration}
      onCommit={(value) => set("timeout", withLimit(node.fields["timeout"], part, typeof value === "string" ? value : null))}
    />
  );
  return (
    <>
      {limit("run", "Takes at most")}
      {limit("idle", "Without a sign of life at most")}
      <FieldProblems name="timeout" />
    </>
  );
}

/** How long a barrier waits, and what is decided then. */
function WaitFields({ node, disabled, set }: RunningProps): React.ReactElement {
  const { timeout, default: whenLate } = node.fields;
  const actions = readNames(showNames(node.fields["actions"]) || "approve, reject");
  const choices = [{ value: "", title: "The node has failed" }, ...actions.map((action) => ({ value: action, title: action }))];
  return (
    <>
      <TypedField
        name="timeout"
        label="Waits at most"
        value={showText(timeout)}
        placeholder="no limit"
        disabled={disabled}
        read={readDuration}
        onCommit={(value) => set("timeout", value)}
      />
      {(timeout !== undefined || whenLate !== undefined) && (
        <ChoiceField
          name="default"
          label="When nobody has decided by then"
          value={showText(whenLate)}
          choices={choices}
          disabled={disabled}
          onCommit={(action) => set("default", action || null)}
        />
      )}
    </>
  );
}

/** When a failed attempt is repeated. */
function RetryFields({ node, disabled, set }: RunningProps): React.ReactElement {
  const { retry } = node.fields;
  const part = (name: string, label: string, placeholder: string, read: typeof readDuration): React.ReactElement => (
    <TypedField
      name={`retry.${name}`}
      label={label}
      value={showPart(retry, name)}
      placeholder={placeholder}
      disabled={disabled}
      read={read}
      onCommit={(value) => set("retry", withPart(retry, name, value) ?? {})}
    />
  );
  return (
    <>
      <ChoiceField
        name="retry"
        label="When an attempt fails"
        value={retry === undefined ? "" : "again"}
        choices={tries}
        disabled={disabled}
        onCommit={(chosen) => set("retry", chosen === "" ? null : { attempts: 3 })}
      />
      {retry !== undefined && (
        <>
          {part("attempts", "Attempts in all", "3", readNumber(1, Infinity, true))}
          {part("delay", "Wait before the second", "500ms", readDuration)}
          {part("backoff", "Each wait is longer by the factor", "2", readNumber(1, Infinity, false))}
          {part("jitter", "By chance longer or shorter by the share", "0.2", readNumber(0, 1, false))}
          {part("cap", "No wait is longer than", "60s", readDuration)}
          {part("timeout", "An attempt takes at most", "no limit", readDuration)}
        </>
      )}
    </>
  );
}

/** When an earlier result is used again. */
function CacheFields({ node, disabled, set }: RunningProps): React.ReactElement {
  const { cache } = node.fields;
  const part = (name: string, label: string, placeholder: string, read: typeof readDuration): React.ReactElement => (
    <TypedField
      name={`cache.${name}`}
      label={label}
      value={showPart(cache, name)}
      placeholder={placeholder}
      disabled={disabled}
      read={read}
      onCommit={(value) => set("cache", withPart(cache, name, value) ?? {})}
    />
  );
  return (
    <>
      <ChoiceField
        name="cache"
        label="When it was run before"
        value={cache === undefined ? "" : "cached"}
        choices={uses}
        disabled={disabled}
        onCommit={(chosen) => set("cache", chosen === "" ? null : {})}
      />
      {cache !== undefined && (
        <>
          <TypedExpressions
            name="cache.key"
            label="The same work, by expression"
            value={showPart(cache, "key")}
            placeholder="all that it reads"
            syntax="expression"
            disabled={disabled}
            read={anyText}
            onCommit={(value) => set("cache", withPart(cache, "key", value) ?? {})}
          />
          {part("ttl", "For", "as long as the node stays as it is", readDuration)}
        </>
      )}
    </>
  );
}

import type { GroupDef, NoteDef } from "./annotation.js";
import type { ChannelName, EdgeId, NodeId } from "./ids.js";
import type { JsonObject, JsonValue } from "./json.js";
import type { NodePolicies } from "./policies.js";
import type { Table } from "./table.js";

/** How writes to a channel are folded into its value; `handler`: by a function of the user's. */
export type ReducerName = "last" | "latest" | "append" | "union" | "merge" | "messages" | "sum" | "min" | "max" | "ephemeral" | "handler";

/** A function of the user's that folds writes into a channel. */
export interface OwnReducer {
  /** Path of the module, relative to the document, with an optional `#export` (default: the default export). */
  readonly handler: string;
  /** How long it may take for the writes of one superstep, in milliseconds. */
  readonly timeoutMs: number;
}

/** One named piece of a run's state. */
export interface ChannelDef {
  readonly name: ChannelName;
  /** JSON Schema (draft 2020-12 subset that Ajv checks); `{}` accepts everything. */
  readonly schema: JsonObject;
  readonly reducer: ReducerName;
  /** With the reducer `handler`, and only then. */
  readonly fold?: OwnReducer;
  /** The value before the first write; absent: the reducer's own start, or nothing. */
  readonly initial?: JsonValue;
}

/**
 * When a node with several incoming edges is triggered. `any`: by every superstep in which one fires. `all`: once each has fired.
 * `count`: once so many have fired; the rest of the round is swallowed. `deferred`: when nothing else is due.
 */
export type JoinPolicy = "any" | "all" | "deferred" | { readonly count: number };

interface NodeBase extends NodePolicies {
  readonly id: NodeId;
  /** What people call it; the id where absent. */
  readonly label?: string;
  readonly note?: string;
  readonly join: JoinPolicy;
}

/** The user's TypeScript or JavaScript, run in a handler process. */
export interface CodeNode extends NodeBase {
  readonly kind: "code";
  /** Path of a module, relative to the document, with an optional `#export` (default: the default export). */
  readonly handler: string;
  /** Channels the handler is given; absent: all. */
  readonly reads?: readonly ChannelName[];
  /** Channels the handler may write; absent: all. */
  readonly writes?: readonly ChannelName[];
}

/** CEL into channels. */
export interface ExpressionNode extends NodeBase {
  readonly kind: "expression";
  /** Channel to write -> expression over the channels. */
  readonly set: Readonly<Record<ChannelName, string>>;
}

/** The action of a decision that brings a value: a question that offers it is not answered by it without one. */
export const MODIFY = "modify";
/** The action of a decision that names the node where the run goes on, in place of the barrier's edges. */
export const REROUTE = "reroute";

/** Waits for a person's decision. */
export interface BarrierNode extends NodeBase {
  readonly kind: "barrier";
  /** What is asked; `{{…}}` holds expressions over the channels. */
  readonly prompt: string;
  /** What the person may answer; each is an action for `on` edges. Default: approve, reject. */
  readonly actions: readonly string[];
  /** JSON Schema of the value that comes with a decision. */
  readonly schema?: JsonObject;
  /** Channel that receives the value of the decision. */
  readonly output?: ChannelName;
  /** The action that is taken when `timeout.runMs` have passed without a decision; absent: the task fails then. */
  readonly default?: string;
}

/** The methods that an `http` node may use. */
export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
/** How the body of an answer is read; `auto`: by its content type. */
export const httpReadings = ["auto", "json", "text", "base64"] as const;
/** What of an answer is written to the channel. */
export const httpTakings = ["body", "response"] as const;

/**
 * A request over HTTP. `url`, `headers`, `query` and the strings of `body` are templates: `{{…}}` holds expressions over the
 * channels, or a secret by its name (`{{secret.NAME}}`).
 */
export interface HttpNode extends NodeBase {
  readonly kind: "http";
  readonly method: (typeof httpMethods)[number];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** A string is sent as text, anything else as JSON or, where the content type says so, as a form. */
  readonly body?: JsonValue;
  /** Channel that receives the answer. */
  readonly output?: ChannelName;
  readonly take: (typeof httpTakings)[number];
  readonly as: (typeof httpReadings)[number];
  /** Statuses that are a success, such as `2xx` and `404`: the one that fits, the exact one first, is the node's action. */
  readonly expect: readonly string[];
  /** How many redirects are followed. */
  readonly redirects: number;
  /** A longer body is not read to its end: the node fails. */
  readonly maxBytes: number;
}

/** Runs another document's graph as one node. */
export interface SubgraphNode extends NodeBase {
  readonly kind: "subgraph";
  /** Path of the other document, relative to this one. */
  readonly graph: string;
  /** Inner channel -> expression over the channels here: what the channel starts with. Absent: each channel that both have. */
  readonly in?: Readonly<Record<ChannelName, string>>;
  /** Channel here -> expression over the inner channels. Absent: what was written inside to channels that both have. */
  readonly out?: Readonly<Record<ChannelName, string>>;
}

/** What becomes of a map when one of its items fails: it fails too, or goes on without the item, or with the error in its place. */
export type ItemErrors = "fail" | "skip" | "collect";

interface MapBase extends NodeBase {
  readonly kind: "map";
  /** Expression over the channels that gives the list. */
  readonly over: string;
  /** Channel that receives the results, in the order of the items. Absent: they are dropped. */
  readonly output?: ChannelName;
  /** How many items are at work at most; absent: as the pool has it. */
  readonly concurrency?: number;
  readonly onError: ItemErrors;
  /** How many items may not fail: with so many the node fails. Absent: no limit, but for `onError` `fail`. */
  readonly errorLimit?: number;
  /** Expression over an item and its result; the first item of which it is true is the last. */
  readonly stopWhen?: string;
}

/** Calls a handler for each item of a list. */
export interface HandlerMapNode extends MapBase {
  readonly graph?: never;
  /** The module that is called for each item, as for a code node. What it returns is the item's result. */
  readonly handler: string;
  /** Channels the handler is given; absent: all. */
  readonly reads?: readonly ChannelName[];
  /** `async`: calls share the handler processes. `process`: each has one to itself while it is at work. */
  readonly pool: "async" | "process";
  /** How many items a call is given at once; absent: one, by itself. */
  readonly chunk?: number;
}

/** Runs another document's graph for each item of a list. */
export interface GraphMapNode extends MapBase {
  readonly handler?: never;
  /** Path of the other document, relative to this one. */
  readonly graph: string;
  /**
   * Inner channel -> expression over the channels here, `item` and `index`: what the channel starts with. Absent: each channel that
   * is called as a property of the item, or as a channel here.
   */
  readonly in?: Readonly<Record<ChannelName, string>>;
  /** Expression over the inner channels: the item's result. Absent: an object of all inner channels that have a value. */
  readonly result?: string;
}

/** Runs a handler or a graph for each item of a list. */
export type MapNode = HandlerMapNode | GraphMapNode;

/** A node that runs another document's graph. */
export type GraphUser = SubgraphNode | GraphMapNode;

/** Whether a node runs another document's graph. */
export function usesGraph(node: NodeDef): node is GraphUser {
  return node.kind === "subgraph" || (node.kind === "map" && node.graph !== undefined);
}

/** The handler that a node's tasks call; undefined where there is none. */
export function handlerOf(node: NodeDef): string | undefined {
  return node.kind === "code" || node.kind === "map" ? node.handler : undefined;
}

/** A node of any kind. */
export type NodeDef = CodeNode | ExpressionNode | BarrierNode | HttpNode | MapNode | SubgraphNode;
/** Name of a node kind. */
export type NodeKind = NodeDef["kind"];

/** What makes an edge fire; see design section 4, "Routes". */
export type Condition =
  | { readonly type: "plain" }
  | { readonly type: "when"; readonly expression: string }
  /** `@error` for the action: the node failed. */
  | { readonly type: "on"; readonly action: string }
  | { readonly type: "else" };

/** A directed edge; `from` may be `@start`, `to` may be `@end`. */
export interface EdgeDef {
  readonly id: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly condition: Condition;
  /** It goes to `@end` and ends the whole run: what is due or waits anywhere is dropped. */
  readonly terminate?: true;
  readonly label?: string;
}

/** When the compiler compiles by itself. */
export interface CompileSettings {
  readonly strategy: "auto" | "hard" | "soft";
  /** Edits after which a waiting hard compile starts; 0: every edit. */
  readonly sizeThreshold: number;
  /** Age, in milliseconds, of the oldest waiting edit after which a hard compile starts. */
  readonly staleAfterMs: number;
  /** How many edits must wait before age counts. */
  readonly staleMinEdits: number;
}

/** After which supersteps a run that goes on by itself is saved. */
export const checkpointPolicies = ["every-superstep", "conservative", "minimal", "manual", "adaptive"] as const;
export type CheckpointPolicy = (typeof checkpointPolicies)[number];

/** When checkpoints are made. */
export interface CheckpointSettings {
  readonly policy: CheckpointPolicy;
}

/** What counts where the document does not say. */
export const defaultCheckpoints: CheckpointSettings = { policy: "every-superstep" };

/** Bounds on a run. */
export interface Limits {
  readonly supersteps: number;
  /** Bytes, roughly, that all channels together may take in memory. */
  readonly stateBytes: number;
  /** Bytes of JSON above which the value of a channel is stored apart, once for all that hold it. */
  readonly spillAbove: number;
}

/** What counts where the document does not say. */
export const defaultLimits: Limits = { supersteps: 1_000, stateBytes: 256 * 2 ** 20, spillAbove: 64 * 2 ** 10 };

/** Canvas position of a node's top left corner, in canvas pixels. */
export type Position = readonly [x: number, y: number];
/** An entry of the layout: a position, and of a note its size. */
export type Placement = readonly [x: number, y: number, width?: number, height?: number];

/**
 * What a document means. Immutable; two graphs parsed from successive texts share every entry whose text did not change,
 * so that a diff costs what the edit touched.
 */
export interface Graph {
  readonly title: string;
  readonly channels: Table<ChannelDef>;
  readonly nodes: Table<NodeDef>;
  readonly edges: Table<EdgeDef>;
  /** Node id -> place in the document, counted from 0: the task order within a superstep. */
  readonly order: Table<number>;
  readonly notes: Table<NoteDef>;
  readonly groups: Table<GroupDef>;
  readonly layout: Table<Placement>;
  readonly compile: CompileSettings;
  readonly limits: Limits;
  readonly checkpoints: CheckpointSettings;
  /** How many checkpoints a run that has ended keeps; absent: all. No matter of plans: what runs do does not depend on it. */
  readonly keep?: number;
}

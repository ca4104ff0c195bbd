// Which channels of a graph are channels here, by what a node says in `in` and `out`. Pure.
import { includes, type Channels } from "../../certify/uses.js";
import { isSameValue } from "../../model/canonical.js";
import { channelType, namesIn } from "../../expression/cel.js";
import type { ChannelDef, Graph, SubgraphNode } from "../../model/graph.js";
import type { ChannelName } from "../../model/ids.js";
import { userByName } from "./by-name.js";
import { hasAlwaysValue, takesNull, wholeIsParts } from "./channel-values.js";
import { usesTogether } from "./part-channels.js";
import type { NewNames } from "./rename-all.js";

/** What a node gives to the channels of its graph, and takes from them. */
export class MappedChannels {
  readonly #outer: Graph;
  readonly #node: SubgraphNode;
  readonly #inner: Graph;
  readonly #writes: Channels;
  readonly #reads: Channels;

  constructor(outer: Graph, node: SubgraphNode, inner: Graph) {
    this.#outer = outer;
    this.#node = node;
    this.#inner = inner;
    const { reads, writes } = usesTogether([...inner.nodes.values()], [...inner.edges.values()]);
    this.#writes = writes;
    this.#reads = reads;
  }

  /** The expression of what an inner channel begins with; undefined: with its default. */
  given(channel: ChannelName): string | undefined {
    const { in: given } = this.#node;
    if (given !== undefined) return given[channel]?.trim();
    return this.#outer.channels.has(channel) ? channel : undefined;
  }

  isWritten(channel: ChannelName): boolean {
    return includes(this.#writes, channel);
  }

  /** A channel that comes back by its name, by what was written to it, although it went in otherwise. */
  unreturned(): ChannelDef | undefined {
    if (this.#node.out !== undefined) return undefined;
    return [...this.#inner.channels.values()].find(
      (there) => this.isWritten(there.name) && this.#outer.channels.has(there.name) && this.#counterpart(there) !== there.name,
    );
  }

  /** The inner channels that are outer ones, with the names of those. */
  counterparts(): NewNames {
    const found = [...this.#inner.channels.values()].flatMap((there) => {
      const here = this.#counterpart(there);
      return here === undefined ? [] : [{ inner: there.name, outer: here }];
    });
    const same = [...Map.groupBy(found, ({ outer }) => outer).values()].flatMap((all) => {
      // One is called so; that is the one that is written, as the others keep what was there.
      const [first] = all.toSorted((a, b) => Number(this.isWritten(b.inner)) - Number(this.isWritten(a.inner)));
      return first ?? [];
    });
    return new Map(same.map(({ inner, outer }) => [inner, outer]));
  }

  /** Whether what comes back to a channel is there by itself. */
  isBack(here: ChannelDef, expression: string, same: NewNames): boolean {
    return same.get(expression) === here.name && wholeIsParts.has(here.reducer) && (hasAlwaysValue(here) || !takesNull(here));
  }

  #counterpart(there: ChannelDef): ChannelName | undefined {
    const given = this.given(there.name);
    const name = given ?? this.#onlyReturned(there);
    const here = name === undefined ? undefined : this.#outer.channels.get(name);
    if (here === undefined || !isAlike(here, there)) return undefined;
    const byName = userByName(this.#inner, there.name) !== undefined;
    if (byName && here.name !== there.name) return undefined;
    if (given === undefined) return here.name;
    // What has no value here is null in there.
    const explicit = this.#node.in !== undefined;
    if (explicit && byName && takesNull(here) && !hasAlwaysValue(here)) return undefined;
    const typed = explicit && channelType(here) !== "dyn"; // the node fails where there is no value
    if (there.initial !== undefined && here.initial === undefined && !typed) return undefined;
    return this.#comesBack(here, there) ? here.name : undefined;
  }

  /** Whether what is written inside may be written here at once. */
  #comesBack(here: ChannelDef, there: ChannelDef): boolean {
    const { out } = this.#node;
    if (!this.isWritten(there.name)) return there.reducer !== "ephemeral";
    if (out === undefined) return here.name === there.name && there.reducer !== "ephemeral" && there.reducer !== "handler";
    return out[here.name]?.trim() === there.name && wholeIsParts.has(there.reducer);
  }

  /** The channel to which one comes back that began without a value, which nobody inside asks for. */
  #onlyReturned(there: ChannelDef): ChannelName | undefined {
    const { out } = this.#node;
    if (out === undefined || there.initial !== undefined || !this.isWritten(there.name) || includes(this.#reads, there.name))
      return undefined;
    if ((there.reducer !== "last" && there.reducer !== "latest") || takesNull(there)) return undefined;
    const asking = Object.entries(out).filter(([, expression]) => namesIn(expression)?.some(({ name }) => name === there.name) !== false);
    const [only, another] = asking;
    return only !== undefined && another === undefined && only[1].trim() === there.name ? only[0] : undefined;
  }
}

function isAlike(here: ChannelDef, there: ChannelDef): boolean {
  return here.reducer === there.reducer && isSameValue(here.schema, there.schema);
}

/** What the patterns with several instances of one node do. An instance is a task that is sent to a node, with its own input. */

interface Send {
  readonly to: string;
  readonly input?: unknown;
}

interface Context<Input = unknown> {
  readonly input: Input;
  command(parts: { readonly update?: object; readonly action?: string; readonly send?: Send | readonly Send[] }): unknown;
}

interface Instance {
  readonly id: string;
  /** Supersteps that it still takes. */
  readonly steps: number;
}

const toWork = (ids: readonly string[], steps = 1): readonly Send[] => ids.map((id) => ({ to: "work", input: { id, steps } }));

/** Triggers `m` by a task of its own: what comes at once is not merged. */
export const passOn = (_state: object, ctx: Context): unknown => ctx.command({ send: { to: "m" } });

/** Three instances, as drawn. */
export const three = (_state: object, ctx: Context): unknown => ctx.command({ send: toWork(["1", "2", "3"]) });

/** As many instances as the state says. */
export const asMany = ({ n }: { readonly n: number }, ctx: Context): unknown =>
  ctx.command({ send: toWork(Array.from({ length: n }, (_, index) => String(index + 1))) });

/** The first instance; it will find others. */
export const find = (_state: object, ctx: Context): unknown => ctx.command({ send: toWork(["1"], 3) });

/** An instance that finds another one while it works. */
export const findMore = (_state: object, ctx: Context<Instance>): unknown => {
  const { id, steps } = ctx.input;
  return ctx.command({ update: { log: [id] }, send: steps > 1 ? toWork([`${id}.1`], steps - 1) : [] });
};

/** An instance that takes one superstep. */
export const work = (_state: object, ctx: Context<Instance>): unknown => ({ log: [ctx.input.id] });

/** An instance that goes on at the next node. */
export const sendOn = (_state: object, ctx: Context<Instance>): unknown => ctx.command({ send: { to: "each", input: ctx.input } });

/** Three instances that take one, two and three supersteps. */
export const steps = (_state: object, ctx: Context): unknown =>
  ctx.command({ send: ["1", "2", "3"].map((id) => ({ to: "work", input: { id, steps: Number(id) } })) });

/** One superstep of an instance; it sends itself on until it is finished. */
export const step = (_state: object, ctx: Context<Instance>): unknown => {
  const { id, steps: left } = ctx.input;
  if (left > 1) return ctx.command({ send: { to: "work", input: { id, steps: left - 1 } } });
  return ctx.command({ update: { log: [id], finished: 1 }, action: "finished" });
};

/** The same, given up once enough have finished. */
export const stepUnlessPassed = (
  state: { readonly passed: boolean; readonly finished: number; readonly needed: number },
  ctx: Context<Instance>,
): unknown => (state.finished >= state.needed ? {} : step(state, ctx));

/** The same; the first instance adds another one, and asks for one more to finish. */
export const stepAndAdd = (state: { readonly needed: number }, ctx: Context<Instance>): unknown => {
  if (ctx.input.id !== "1") return step(state, ctx);
  const added = { to: "work", input: { id: "4", steps: 1 } };
  return ctx.command({ update: { log: ["1"], finished: 1, needed: 3 }, action: "finished", send: added });
};

/** Sends the two smaller numbers to itself, and adds up where there are none. */
export const fibonacci = ({ n }: { readonly n: number }, ctx: Context<number | undefined>): unknown => {
  const own = ctx.input ?? n;
  if (own < 2) return { result: own };
  return ctx.command({ send: [own - 1, own - 2].map((smaller) => ({ to: "start", input: smaller })) });
};

/** The handler that `handler-process.ts` calls. */
export const tick = (state) => ({ count: state.count + 1 });

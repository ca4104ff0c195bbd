/** The handlers that `handler-process.ts` calls. */
const MEGABYTE = 2 ** 20;

export const tick = (state) => ({ count: state.count + 1 });

/** Some megabytes of records, as they weigh in memory. */
export const records = (state) => ({
  records: Array.from({ length: (state.megabytes * MEGABYTE) / 128 }, (_, id) => ({ id, name: `record ${id}`, tags: ["a", "b"] })),
});

export const length = (state) => ({ count: state.records.length });

/** Never ends. */
export const spin = () => {
  for (;;);
};

/** Lets everything run that is ready to: promises and the callbacks of a few turns of the event loop. Time does not pass. */
export async function turn(): Promise<void> {
  for (let n = 0; n < 4; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

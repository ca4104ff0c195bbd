const PATTERN = /^[1-5](?:xx|\d\d)$/;

/** Whether a text stands for a status, such as `404`, or for a class of them, such as `2xx`. */
export function isStatusPattern(text: string): boolean {
  return PATTERN.test(text);
}

/** The pattern that a status fits, the exact one before its class; undefined where none does. */
export function patternOf(status: number, patterns: readonly string[]): string | undefined {
  const exact = String(status);
  return [exact, `${exact.charAt(0)}xx`].find((pattern) => patterns.includes(pattern));
}

/** `data-…` attributes for the element that React Flow makes. */
export function attributes(values: Readonly<Record<string, string>>): Record<`data-${string}`, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`data-${name}`, value]));
}

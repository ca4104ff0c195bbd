// JSON Pointers (RFC 6901): `/order/items/0`.

/** The keys of a pointer, or of what follows a `#`. */
export function keysOf(pointer: string): readonly string[] {
  return pointer.split("/").slice(1).map(unescaped);
}

/** The pointer to keys, one inside the other. */
export function pointerTo(keys: readonly string[]): string {
  return keys.map((key) => `/${escaped(key)}`).join("");
}

/** The key that a pointer means. */
export function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** A key as a pointer has it. */
export function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

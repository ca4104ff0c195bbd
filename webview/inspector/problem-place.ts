// Which field of the inspector shows a problem. Pure.

/** Parts of a field that have fields of their own in the inspector. */
const parts: Readonly<Record<string, readonly string[]>> = {
  join: ["count"],
  retry: ["attempts", "delay", "backoff", "jitter", "cap", "timeout"],
  timeout: ["run", "idle"],
  cache: ["key", "ttl"],
};

/** Whether a problem at `field` is shown at the inspector's field `name`. */
export function isAt(name: string, field: string): boolean {
  if (field === name) return true;
  if (!field.startsWith(`${name}.`)) return false;
  return parts[name]?.includes(field.slice(name.length + 1)) !== true;
}

/** A codicon; decorative, so the element around it carries the words. */
export function Icon({ name, spin = false }: { readonly name: string; readonly spin?: boolean }): React.ReactElement {
  return <i className={`codicon codicon-${name}${spin ? " codicon-modifier-spin" : ""}`} aria-hidden="true" />;
}

import { useEffect, useRef } from "react";

/** Moves the keyboard to a field within an element, once it is drawn. */
export interface FocusLater {
  readonly within: React.RefObject<HTMLDivElement | null>;
  /** The first of these names of fields that is there then. */
  readonly focus: (names: readonly string[]) => void;
}

/** For rows that come and go: the keyboard stays among them. */
export function useFocusLater(): FocusLater {
  const within = useRef<HTMLDivElement>(null);
  const wanted = useRef<readonly string[]>([]);
  useEffect(() => {
    const found = wanted.current.map((name) => fieldIn(within.current, name)).find((field) => field !== undefined);
    if (found === undefined) return;
    wanted.current = [];
    found.focus();
    if (found instanceof HTMLTextAreaElement) found.select();
  });
  return { within, focus: (names) => (wanted.current = names) };
}

function fieldIn(within: HTMLElement | null, name: string): HTMLElement | undefined {
  const field = within?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
  return field?.querySelector("textarea") ?? field ?? undefined;
}

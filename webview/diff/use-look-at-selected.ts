import { useEffect } from "react";
import { useServices } from "../store/context.js";
import { sole } from "../store/selection.js";
import { entryAt, isAt } from "./changes.js";

/** What is selected alone, and differs, is what is looked at. */
export function useLookAtSelected(): void {
  const { store } = useServices();
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const { diff, selection } = state;
        if (selection === before.selection || diff === undefined) return;
        const one = sole(selection);
        if (one === undefined) return;
        const ref = "node" in one ? ({ section: "nodes", id: one.node } as const) : ({ section: "edges", id: one.edge } as const);
        if (!isAt(ref, diff.at)) state.setDiff({ at: entryAt(diff, ref) === undefined ? null : ref });
      }),
    [store],
  );
}

import type { CanvasStore } from "../../store/store.js";
import type { Spot } from "../add-place.js";
import { addNoteIntents, groupIntents, groupsOf, ungroupIntents } from "./annotation-intents.js";
import { withoutGroups } from "./boxes.js";
import { spokenCount } from "./spoken-annotations.js";
import { startNaming } from "./start-naming.js";

/** What keys, menus and the inspector do with notes and groups. */
export interface Annotating {
  /** Adds a note around a place, and lets it be typed. */
  readonly addNote: (spot: Spot) => void;
  /** Makes a group of what is selected, and lets it be named. */
  readonly group: () => void;
  readonly ungroup: () => void;
}

/** The same for a store. */
export function annotating(store: CanvasStore): Annotating {
  return {
    addNote: ({ at, view }) => {
      const { shown, edit, select, say } = store.getState();
      if (shown === undefined || shown.readOnly) return;
      const { id, intents } = addNoteIntents(shown, at, view);
      edit(intents);
      select({ nodes: [id], edges: [] });
      say("Note added");
      startNaming(store, id);
    },
    group: () => {
      const { shown, selection, edit, select, notify, say } = store.getState();
      if (shown === undefined || shown.readOnly) return;
      const added = groupIntents(shown, selection);
      if (added === undefined) return notify("Select the nodes and notes that are to be a group.");
      edit(added.intents);
      say(`Grouped ${spokenCount(withoutGroups(shown, selection.nodes).length)}`);
      select({ nodes: [added.id], edges: [] });
      startNaming(store, added.id);
    },
    ungroup: () => {
      const { shown, selection, edit, select, say } = store.getState();
      if (shown === undefined || shown.readOnly) return;
      const members = groupsOf(shown, selection).flatMap((group) => group.members);
      if (members.length === 0) return;
      edit(ungroupIntents(shown, selection));
      select({ nodes: members, edges: [] });
      say(`Ungrouped ${spokenCount(members.length)}`);
    },
  };
}

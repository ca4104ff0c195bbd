// What tasks say while they are at work. Messages say what is new; where something is missing, all of it is asked for again.
import type { Host } from "./channel.js";
import { Newest } from "./newest.js";
import type { GetState, SetState, ToldSlice } from "./state.js";

/** So many characters of a text are kept; the host keeps no more. */
const MOST = 64 * 1024;

/** What tasks say. */
export function toldSlice(set: SetState, get: GetState, host: Host): ToldSlice {
  const listener = new Newest(
    (node: string) => host.request("told/listen", { node }),
    (text, node) => set({ heard: { node, ...(text ?? { speech: 0, text: "", length: 0 }) } }),
    () => set({ heard: undefined }), // the host has logged why
  );
  return {
    tails: {},
    heard: undefined,
    receiveTold: ({ tails, added }) => {
      set({ tails: { ...get().tails, ...tails } });
      const { heard } = get();
      if (added === undefined || heard?.node !== added.node) return;
      if (added.speech !== heard.speech && added.at === 0) set({ heard: { ...added, length: added.text.length } });
      else if (added.speech === heard.speech && added.at === heard.length)
        set({ heard: { ...heard, text: (heard.text + added.text).slice(-MOST), length: added.at + added.text.length } });
      else listener.want(added.node);
    },
    listen: (node) => {
      if (get().heard?.node !== node) set({ heard: undefined });
      listener.want(node);
    },
  };
}

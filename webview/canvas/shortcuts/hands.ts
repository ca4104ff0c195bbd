// Every key and gesture of the canvas, as people look them up.

/** One thing that hands can do, with all its ways; what is in backticks is a key. */
export interface Hand {
  readonly what: string;
  readonly ways: readonly string[];
}

/** What hands do for one purpose. */
export interface HandGroup {
  readonly title: string;
  readonly hands: readonly Hand[];
}

/** All of them. */
export const handGroups: readonly HandGroup[] = [
  {
    title: "Add",
    hands: [
      { what: "Add a node", ways: ["`Tab`", "double-click", "drop an edge on the empty canvas"] },
      { what: "Onto an edge", ways: ["+ on the edge", "select it, `Tab`", "drop a node on it"] },
      { what: "Behind a node", ways: ["+ at a port", "`Ctrl+Enter`"] },
      { what: "Insert a connected node", ways: ["`Ctrl`-drag it onto an edge"] },
      { what: "Add a note", ways: ["`N`"] },
      { what: "From a file", ways: ["`Shift`-drag it from the explorer"] },
    ],
  },
  {
    title: "Change",
    hands: [
      { what: "Undo, redo", ways: ["`Ctrl+Z`", "`Ctrl+Y`", "`Ctrl+Shift+Z`"] },
      { what: "Copy, cut, paste", ways: ["`Ctrl+C`", "`Ctrl+X`", "`Ctrl+V`"] },
      { what: "Duplicate", ways: ["`Ctrl+D`"] },
      { what: "Delete", ways: ["`Delete`", "`Backspace`"] },
      { what: "Delete and reconnect", ways: ["`Ctrl+Delete`"] },
      { what: "Bypass", ways: ["`D`"] },
      { what: "Group, ungroup", ways: ["`Ctrl+G`", "`Ctrl+Shift+G`"] },
      { what: "Make a subgraph", ways: ["`Ctrl+Shift+E`"] },
      { what: "Rename", ways: ["`F2`"] },
      { what: "Details", ways: ["`Enter`"] },
      { what: "Open the code", ways: ["double-click"] },
      { what: "Menu", ways: ["right click", "`Shift+F10`"] },
    ],
  },
  {
    title: "Select and move",
    hands: [
      { what: "Select all", ways: ["`Ctrl+A`"] },
      { what: "Select several", ways: ["drag on the canvas", "`Ctrl`-click"] },
      { what: "Let go, cancel", ways: ["`Escape`"] },
      { what: "Nudge", ways: ["`Ctrl`+arrows"] },
      { what: "Lay out", ways: ["`Shift+Alt+F`"] },
      { what: "Snap to guides", ways: ["drag; `Alt` suspends"] },
      { what: "Find, next, previous", ways: ["`Ctrl+F`", "`F3`", "`Shift+F3`"] },
      { what: "To the neighbour", ways: ["arrows"] },
      { what: "Up and down the stream", ways: ["`Shift+Left`", "`Shift+Right`"] },
    ],
  },
  {
    title: "View",
    hands: [
      { what: "Pan", ways: ["two fingers", "`Space`-drag", "middle-drag"] },
      { what: "Zoom", ways: ["pinch", "`Ctrl`+wheel"] },
      { what: "Fit, 100 %", ways: ["`Ctrl+1`", "`Ctrl+0`"] },
      { what: "Source beside", ways: ["`Ctrl+K V`"] },
    ],
  },
  {
    title: "Run",
    hands: [
      { what: "Run, debug", ways: ["`Ctrl+F5`", "`F5`"] },
      { what: "Breakpoint", ways: ["`F9`"] },
      { what: "Step", ways: ["`F10`"] },
      { what: "Into, out", ways: ["`F11`", "`Shift+F11`"] },
      { what: "Answer a question at its node", ways: ["`A`", "its mark"] },
      { what: "Look back in the run", ways: ["the slider", "`Left`", "`Right`", "`Space` plays"] },
    ],
  },
];

import { Frame } from "../canvas/annotations/frame.js";
import { Note } from "../canvas/annotations/note.js";
import { Card } from "./card.js";
import { Terminal } from "./terminal.js";

/** React Flow's table of node components; a constant, since a new table would mount every node anew. */
export const nodeTypes = { card: Card, terminal: Terminal, note: Note, frame: Frame };

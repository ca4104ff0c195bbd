import type { Intent } from "../../runtime/document/intent.js";
import type { Box } from "../../runtime/model/annotation.js";
import type { Position } from "../../runtime/model/graph.js";
import type { Viewport, WayView } from "../protocol/places.js";
import type { Guides } from "../canvas/guides/find-guides.js";
import type { DebugView } from "../protocol/debug.js";
import type { NotificationParams } from "../protocol/messages.js";
import type { PaletteView } from "../protocol/palette.js";
import type { PastOutline, PastView } from "../protocol/past.js";
import type { ToldText, ToldView } from "../protocol/told.js";
import type { CompileView, GraphPatch, GraphView, RunPatch, RunView } from "../protocol/views.js";
import type { ConflictSlice } from "./conflict-slice.js";
import type { DiffSlice } from "./diff-slice.js";
import type { EditQueue } from "./edits.js";
import type { Selection, SelectionChange } from "./selection.js";

/** The document's graph, and the graph on screen: the same with the edits made that the document does not show yet. */
export interface GraphSlice {
  readonly graph: GraphView | undefined;
  readonly shown: GraphView | undefined;
  readonly edits: EditQueue;
  /** A graph from the host; an older one than is shown is dropped, unless it comes by `view/load`. */
  readonly receiveGraph: (graph: GraphView, loaded?: boolean) => void;
  /** What changed of the graph; false where that is not the graph that it was counted from. */
  readonly receivePatch: (patch: GraphPatch) => boolean;
  /** Shows these edits at once, and sends them when their turn comes. */
  readonly edit: (intents: readonly Intent[]) => void;
}

/** The run, the compiler and the debugger, as the host last told. */
export interface RunSlice {
  /** The run that is shown: as it is now, or as it was while the past is looked at. */
  readonly run: RunView;
  /** The run as it is now. */
  readonly now: RunView;
  readonly compile: CompileView;
  readonly debug: DebugView;
  /** A run from the host; an older one than is shown is dropped, unless it comes by `view/load`. */
  readonly receiveRun: (run: RunView, loaded?: boolean) => void;
  /** What changed of the run; false where that is not the run that it was counted from. */
  readonly receiveRunPatch: (patch: RunPatch) => boolean;
  readonly receiveCompile: (compile: CompileView) => void;
  readonly receiveDebug: (debug: DebugView) => void;
}

/** Looking at the run as it was. */
export interface PastSlice {
  /** What there is to look at. */
  readonly outline: PastOutline | undefined;
  /** What is shown of the past; absent: the present is. */
  readonly past: PastView | undefined;
  /** The superstep that was asked for last; absent: the present. */
  readonly seeking: number | undefined;
  readonly playing: boolean;
  /** Supersteps a second while it is played. */
  readonly pace: number;
  /** Looks at a superstep; at the last one that is the present. */
  readonly seek: (superstep: number) => void;
  readonly leavePast: () => void;
  readonly play: (playing: boolean) => void;
  readonly setPace: (pace: number) => void;
  /** Asks what there is to look at, as the run stands at this `place` now. */
  readonly loadOutline: (place: string) => void;
}

/** What tasks say while they are at work. */
export interface ToldSlice {
  /** Node -> the end of what it says. */
  readonly tails: Readonly<Record<string, string>>;
  /** All that the node says that is listened to; absent: it has said nothing. */
  readonly heard: ({ readonly node: string } & ToldText) | undefined;
  readonly receiveTold: (told: ToldView) => void;
  /** Listens to a node from its last words on. */
  readonly listen: (node: string) => void;
}

/** What is selected (notes and groups among the nodes), and where nodes are while they are dragged. */
export interface SelectionSlice {
  readonly selection: Selection;
  /** Positions of nodes and notes while a drag is in progress; the document hears of them at the drop. */
  readonly drag: Readonly<Record<string, Position>> | undefined;
  readonly select: (selection: Selection) => void;
  readonly changeSelection: (nodes: readonly SelectionChange[], edges: readonly SelectionChange[]) => void;
  readonly dragTo: (positions: Readonly<Record<string, Position>>) => void;
  readonly endDrag: () => void;
}

/** A port that was dragged to the empty canvas and waits for a node. */
export interface LooseEnd {
  readonly node: string;
  /** `out`: the edge leaves that node. */
  readonly port: "out" | "in";
}

/** Where the palette opens and where what is chosen will stand. */
export interface PalettePlace {
  /** Pixels from the canvas's top left corner. */
  readonly x: number;
  readonly y: number;
  /** Where the card goes, in canvas pixels. */
  readonly position: Position;
  /** The part of the canvas that can be seen, where what is chosen is to stand in it as a whole. */
  readonly view?: Box;
  readonly looseEnd?: LooseEnd;
  /** The edge that what is chosen is put onto. */
  readonly edge?: string;
}

/** Something that the canvas was asked to select and bring into view; each request is a new object. */
export interface Reveal {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  /** Where the view was when it was left, for those who come back; null: the graph was fitted. */
  readonly viewport?: Viewport;
}

/** Something that a command of VS Code has the canvas do; each request is a new object. */
export type Asked = NotificationParams<"canvas/perform">;

/** What is open on the canvas. */
export interface SurfaceSlice {
  readonly palette: PalettePlace | undefined;
  /** What the palette offers of the workspace, as the host last told. */
  readonly offers: PaletteView;
  /** What is looked for; it is kept when nobody looks. */
  readonly finding: { readonly open: boolean; readonly typed: string };
  /** The keys and gestures are listed. */
  readonly shortcuts: boolean;
  /** Node whose label is being typed on its card. */
  readonly renaming: string | undefined;
  /** What the user just did that only eyes could tell, for a screen reader; the time tells two alike apart. */
  readonly said: { readonly words: string; readonly time: number };
  readonly say: (words: string) => void;
  /** Why something that the user did had no effect. */
  readonly notice: string | undefined;
  /** `sections`: those that somebody has folded or unfolded, by name. */
  readonly inspector: { readonly open: boolean; readonly width: number; readonly sections?: Record<string, boolean> };
  readonly reveal: Reveal | undefined;
  /** Key of the question that is being answered at its node. */
  readonly answering: string | undefined;
  /** How a person came to the graph, and who runs it. */
  readonly way: WayView | undefined;
  readonly openPalette: (place: PalettePlace) => void;
  readonly closePalette: () => void;
  readonly receiveOffers: (offers: PaletteView) => void;
  readonly showShortcuts: (open: boolean) => void;
  readonly setFinding: (change: Partial<SurfaceSlice["finding"]>) => void;
  readonly rename: (node: string | undefined) => void;
  readonly answer: (question: string | undefined) => void;
  readonly notify: (notice: string | undefined) => void;
  /** Whether the minimap is there, where somebody chose. */
  readonly minimap: boolean | undefined;
  readonly setMinimap: (on: boolean) => void;
  readonly setInspector: (change: Partial<SurfaceSlice["inspector"]>) => void;
  readonly requestReveal: (target: Reveal) => void;
  readonly asked: Asked | undefined;
  readonly ask: (what: Asked) => void;
  readonly receiveWay: (way: WayView) => void;
}

/** What hands are at: nodes that are dragged or nudged, an edge that is drawn, a frame around what is to be selected. */
export interface Held {
  readonly what: "nodes" | "nudge" | "edge" | "frame";
  /** What was selected before. */
  readonly before: Selection;
  /** What is in the frame is selected besides. */
  readonly adding: boolean;
}

/** What hands are at, and what that shows. */
export interface HeldSlice {
  readonly held: Held | undefined;
  /** What was held is being taken back: what it would have come to counts for nothing. */
  readonly cancelling: boolean;
  /** What the dragged node lines up with. */
  readonly guides: Guides | undefined;
  /** The edge that the dragged node would be put onto. */
  readonly receiving: string | undefined;
  readonly hold: (held: Held) => void;
  readonly guideBy: (guides: Guides | undefined) => void;
  readonly receiveOn: (edge: string | undefined) => void;
  /** Nothing is dragged, drawn or framed any more. */
  readonly letGo: () => void;
  /** Takes back what is held; `end` has React Flow end its gesture. */
  readonly takeBack: (end: () => void) => void;
}

/** All that the canvas knows. */
export type CanvasState = GraphSlice &
  RunSlice &
  PastSlice &
  ToldSlice &
  DiffSlice &
  ConflictSlice &
  SelectionSlice &
  HeldSlice &
  SurfaceSlice;

/** How a slice changes the store. */
export type SetState = (change: Partial<CanvasState>) => void;
/** How a slice reads the store. */
export type GetState = () => CanvasState;

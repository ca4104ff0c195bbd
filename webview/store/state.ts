import type { Intent } from "../../runtime/document/intent.js";
import type { Position } from "../../runtime/model/graph.js";
import type { DebugView } from "../protocol/debug.js";
import type { CompileView, GraphPatch, GraphView, RunView } from "../protocol/views.js";
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
  readonly run: RunView;
  readonly compile: CompileView;
  readonly debug: DebugView;
  /** A run from the host; an older one than is shown is dropped, unless it comes by `view/load`. */
  readonly receiveRun: (run: RunView, loaded?: boolean) => void;
  readonly receiveCompile: (compile: CompileView) => void;
  readonly receiveDebug: (debug: DebugView) => void;
}

/** What is selected, and where nodes are while they are dragged. */
export interface SelectionSlice {
  readonly selection: Selection;
  /** Positions while a drag is in progress; the document hears of them at the drop. */
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
  readonly looseEnd?: LooseEnd;
}

/** Something that the canvas was asked to select and bring into view; each request is a new object. */
export interface Reveal {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** What is open on the canvas. */
export interface SurfaceSlice {
  readonly palette: PalettePlace | undefined;
  /** What is looked for; it is kept when nobody looks. */
  readonly finding: { readonly open: boolean; readonly typed: string };
  /** Node whose label is being typed on its card. */
  readonly renaming: string | undefined;
  /** Why something that the user did had no effect. */
  readonly notice: string | undefined;
  readonly inspector: { readonly open: boolean; readonly width: number };
  readonly reveal: Reveal | undefined;
  readonly openPalette: (place: PalettePlace) => void;
  readonly closePalette: () => void;
  readonly setFinding: (change: Partial<SurfaceSlice["finding"]>) => void;
  readonly rename: (node: string | undefined) => void;
  readonly notify: (notice: string | undefined) => void;
  readonly setInspector: (change: Partial<SurfaceSlice["inspector"]>) => void;
  readonly requestReveal: (target: Reveal) => void;
}

/** All that the canvas knows. */
export type CanvasState = GraphSlice & RunSlice & SelectionSlice & SurfaceSlice;

/** How a slice changes the store. */
export type SetState = (change: Partial<CanvasState>) => void;
/** How a slice reads the store. */
export type GetState = () => CanvasState;

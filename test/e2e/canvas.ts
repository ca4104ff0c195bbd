import type { Frame, FrameLocator, Locator, Page } from "playwright-core";
import { Inspector } from "./inspector.js";

/** A place on the canvas that a drag starts or ends at, within the thing located; default: its centre. */
export interface Grip {
  readonly at: Locator;
  readonly position?: { readonly x: number; readonly y: number };
}

/** The canvas of the active editor: two frames down from the workbench. */
export class Canvas {
  /** What is inside of the webview. */
  readonly frame: FrameLocator;
  readonly inspector: Inspector;
  readonly #page: Page;

  /** `index` counts the canvases in view, in the order in which they were opened. */
  constructor(page: Page, index?: number) {
    this.#page = page;
    const webviews = page.locator("iframe.webview.ready:visible");
    this.frame = (index === undefined ? webviews : webviews.nth(index)).contentFrame().frameLocator("#active-frame");
    this.inspector = new Inspector(this.frame);
  }

  /** Waits until the graph is drawn. */
  async waitUntilLoaded(): Promise<void> {
    await this.frame.locator("[data-loaded=true]").waitFor();
    await this.frame.locator(":is(.react-flow__node, .picture)").first().waitFor();
  }

  /** The background. */
  get pane(): Locator {
    return this.frame.locator(".react-flow__pane");
  }

  /** A node by its id. */
  node(id: string): Locator {
    return this.frame.locator(`.react-flow__node[data-id="${id}"]`);
  }

  /** An edge by its id. */
  edge(id: string): Locator {
    return this.frame.locator(`.react-flow__edge[data-id="${id}"]`);
  }

  /** A port of a node: where edges end (`target`) or start (`source`). */
  port(node: string, side: "source" | "target"): Locator {
    return this.node(node).locator(`.react-flow__handle.${side}`);
  }

  /** The grip of a selected edge by which its end is dragged elsewhere. */
  edgeEnd(id: string, end: "source" | "target"): Locator {
    return this.edge(id).locator(`.react-flow__edgeupdater-${end}`);
  }

  /** A button of the toolbar, by its command. */
  button(command: string): Locator {
    return this.frame.locator(`button[data-command="${command}"]`);
  }

  /** Ids of the nodes drawn. */
  async nodeIds(): Promise<readonly string[]> {
    return this.frame.locator(".react-flow__node").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-id") ?? ""));
  }

  /** Ids of the edges drawn. */
  async edgeIds(): Promise<readonly string[]> {
    return this.frame.locator(".react-flow__edge").evaluateAll((edges) => edges.map((edge) => edge.getAttribute("data-id") ?? ""));
  }

  /** What the card of a node calls it. */
  label(id: string): Promise<string> {
    return this.node(id).locator(".card-label").innerText();
  }

  /** Where a node stands, in the document's pixels. */
  place(id: string): Promise<readonly number[]> {
    return this.node(id).evaluate((node) => {
      const { e, f } = new DOMMatrix(getComputedStyle(node).transform);
      return [e, f];
    });
  }

  /** The document that the canvas is. */
  async page(): Promise<Frame> {
    const owner = await this.frame.owner().elementHandle();
    const frame = await owner?.contentFrame();
    if (frame == null) throw new Error("The canvas is not there.");
    return frame;
  }

  /** Where the view stands: a transform in CSS. */
  viewport(): Promise<string> {
    return this.frame.locator(".react-flow__viewport").evaluate((element) => getComputedStyle(element).transform);
  }

  /** Ids of the nodes that are selected. */
  selected(): Promise<readonly string[]> {
    return this.frame.locator(".react-flow__node.selected").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-id") ?? ""));
  }

  /** State of a node in the run shown. */
  state(id: string): Promise<string | null> {
    return this.node(id).locator(".card").getAttribute("data-state");
  }

  /** The breakpoints that are drawn, nodes first: what they belong to, when they stop, and their form. */
  breakpoints(): Promise<readonly string[]> {
    return this.frame.locator(".breakpoint").evaluateAll((all) => {
      const said = all.map((mark) => {
        const { breakpoint = "", form = "" } = mark instanceof HTMLElement ? mark.dataset : {};
        const node = mark.closest(".react-flow__node")?.getAttribute("data-id");
        const edge = mark.closest("[data-pill]")?.getAttribute("data-pill");
        return `${node == null ? `edge ${edge ?? ""}` : `node ${node}`} ${breakpoint} ${form}`;
      });
      return [...said.filter((each) => each.startsWith("node")), ...said.filter((each) => each.startsWith("edge"))];
    });
  }

  /** Ids of the nodes at which the run is shown to be paused. */
  async paused(): Promise<readonly string[]> {
    const cards = await this.frame
      .locator('.react-flow__node:has(> .card[data-paused="true"])')
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-id") ?? ""));
    return cards.toSorted();
  }

  /** Whether the keyboard is in the canvas. */
  isFocused(): Promise<boolean> {
    return this.frame.locator("body").evaluate((body) => body.ownerDocument.hasFocus());
  }

  /** Status of the run shown. */
  runStatus(): Promise<string | null> {
    return this.frame.locator("[data-run-status]").getAttribute("data-run-status");
  }

  /** Clicks on the line of an edge, in the middle of its way. */
  async clickEdge(id: string): Promise<void> {
    const line = this.edge(id).locator(".react-flow__edge-interaction");
    const position = await line.evaluate((path) => {
      if (!(path instanceof SVGPathElement)) throw new Error("an edge is a path");
      const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM() ?? undefined);
      const box = path.getBoundingClientRect();
      return { x: middle.x - box.x, y: middle.y - box.y };
    });
    await line.click({ position });
  }

  /** The pill of an edge. */
  pill(id: string): Locator {
    return this.frame.locator(`[data-pill="${id}"]`);
  }

  /** Where the view is: its offset and its zoom. */
  async view(): Promise<readonly [x: number, y: number, zoom: number]> {
    return this.frame.locator(".react-flow__viewport").evaluate((viewport) => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(viewport).transform);
      return [e, f, a] as const;
    });
  }

  /** Chooses a kind in the open palette. */
  async choose(kind: string): Promise<void> {
    await this.frame.locator(`.palette-item[data-kind="${kind}"]`).click();
  }

  /** Drags with the real pointer, in steps, as a hand does. */
  async drag(from: Grip, to: Grip): Promise<void> {
    await this.#stands(from);
    const [start, end] = [await placeOf(from), await placeOf(to)];
    const { mouse } = this.#page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(start.x + 4, start.y + 4);
    await mouse.move(end.x, end.y, { steps: 12 });
    await mouse.up();
  }

  /** Drags from elsewhere in the window and drops here; VS Code lets a webview have a drag while Shift is held. */
  async dropFrom(elsewhere: Locator, to: Grip): Promise<void> {
    const [start, end] = [await placeOf({ at: elsewhere }), await placeOf(to)];
    const { mouse, keyboard } = this.#page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(start.x + 8, start.y + 4, { steps: 2 });
    await keyboard.down("Shift");
    await mouse.move(end.x - 20, end.y, { steps: 12 });
    await this.frame.getByTestId("drop").waitFor();
    await mouse.move(end.x, end.y, { steps: 2 });
    await mouse.up();
    await keyboard.up("Shift");
  }

  /** Waits until the canvas no longer moves what is to be gripped. */
  async #stands(grip: Grip): Promise<void> {
    for (let last = await placeOf(grip); ;) {
      await this.#page.waitForTimeout(STILL);
      const next = await placeOf(grip);
      if (next.x === last.x && next.y === last.y) return;
      last = next;
    }
  }

  /** Puts the keyboard into the canvas, on its background. */
  async focus(): Promise<void> {
    await this.pane.click({ position: { x: 8, y: 200 } });
  }
}

/** How long something must stay where it is, in milliseconds: the canvas glides when it makes room for the inspector. */
const STILL = 100;

async function placeOf({ at, position }: Grip): Promise<{ x: number; y: number }> {
  const box = await at.boundingBox();
  if (box === null) throw new Error(`not drawn: ${at.toString()}`);
  return { x: box.x + (position?.x ?? box.width / 2), y: box.y + (position?.y ?? box.height / 2) };
}

import type { FrameLocator, Locator, Page } from "playwright-core";

/** A place on the canvas that a drag starts or ends at, within the thing located; default: its centre. */
export interface Grip {
  readonly at: Locator;
  readonly position?: { readonly x: number; readonly y: number };
}

/** The canvas of the active editor: two frames down from the workbench. */
export class Canvas {
  /** What is inside of the webview. */
  readonly frame: FrameLocator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.frame = page.frameLocator("iframe.webview.ready:visible").frameLocator("#active-frame");
  }

  /** Waits until the graph is drawn. */
  async waitUntilLoaded(): Promise<void> {
    await this.frame.locator("[data-loaded=true]").waitFor();
    await this.frame.locator(".react-flow__node").first().waitFor();
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

  /** Drags with the real pointer, in steps, as a hand does. */
  async drag(from: Grip, to: Grip): Promise<void> {
    const [start, end] = [await placeOf(from), await placeOf(to)];
    const { mouse } = this.#page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(start.x + 4, start.y + 4);
    await mouse.move(end.x, end.y, { steps: 12 });
    await mouse.up();
  }

  /** Puts the keyboard into the canvas, on its background. */
  async focus(): Promise<void> {
    await this.frame.locator(".react-flow__pane").click({ position: { x: 8, y: 200 } });
  }
}

async function placeOf({ at, position }: Grip): Promise<{ x: number; y: number }> {
  const box = await at.boundingBox();
  if (box === null) throw new Error(`not drawn: ${at.toString()}`);
  return { x: box.x + (position?.x ?? box.width / 2), y: box.y + (position?.y ?? box.height / 2) };
}

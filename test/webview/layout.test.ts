// Laying out, as the canvas has its part in it: who asks, and what is seen when the document has moved nodes.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Opening } from "./open-canvas.js";
import { edge, graphOf, node } from "./samples.js";
import { sharedBrowser } from "./shared-browser.js";

const patience = 30_000;
const browser = sharedBrowser();

const graph = graphOf(
  [node("a", {}, [0, 0]), node("b", {}, [320, 0]), node("c", {}, [320, 160])],
  [edge("e1", "@start", "a"), edge("e2", "a", "b")],
);
const opening: Opening = { graph };
const elsewhere = { a: [0, 200], b: [400, 400], c: [640, 0] } as const;

const asked = (page: Page): Promise<number> =>
  page.evaluate(() => window.host.commands.filter((command) => command.name === "graph/layOut").length);
const at = (page: Page, id: string): Promise<string> =>
  page.locator(`.react-flow__node[data-id="${id}"]`).evaluate((element) => (element instanceof HTMLElement ? element.style.transform : ""));
/** The document moves nodes, as after a layout. */
const move = (page: Page): Promise<void> =>
  page.evaluate((places) => {
    const { graph: now } = window.host;
    window.host.setGraph({
      ...now,
      nodes: now.nodes.map((each) => {
        const place = places[each.id as keyof typeof places];
        return { ...each, position: [place[0], place[1]] };
      }),
    });
  }, elsewhere);

test(
  "a button and a key ask for a layout, and the key does nothing in a field",
  async () => {
    const page = await browser.open({
      ...opening,
      before: () => window.addEventListener("keydown", (event) => (document.title = `${document.title} ${event.code}`)),
    });
    await page.getByRole("button", { name: "Lay out the graph" }).click();
    await expect.poll(() => asked(page)).toBe(1);
    await page.locator('.react-flow__node[data-id="a"]').click();
    await page.keyboard.press("Shift+Alt+F");
    await expect.poll(() => asked(page)).toBe(2);
    await page.locator('[data-field="label"] input').focus();
    await page.keyboard.press("Shift+Alt+F");
    await page.keyboard.press("F8");
    await expect.poll(() => page.title()).toContain("F8");
    expect(await page.title()).not.toContain("KeyF"); // VS Code listens on the window and has the key, too
    await expect.poll(() => asked(page)).toBe(2);
    await page.close();
  },
  patience,
);

test(
  "nodes that the document moves glide there, and a hand ends that where they belong",
  async () => {
    const page = await browser.open({ ...opening, motion: true });
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const element = document.querySelector('.react-flow__node[data-id="b"]');
      if (element instanceof HTMLElement)
        new MutationObserver(() => seen.push(element.style.transform)).observe(element, { attributes: true, attributeFilter: ["style"] });
    });
    await move(page);
    await expect.poll(() => at(page, "b")).toBe("translate(400px, 400px)");
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(new Set(seen).size).toBeGreaterThan(1);
    await page.evaluate(() =>
      window.host.setGraph({
        ...window.host.graph,
        nodes: window.host.graph.nodes.map((each) => ({ ...each, position: [each.position[0] + 20, each.position[1] + 40] })),
      }),
    );
    await page.keyboard.press("Shift");
    await expect.poll(() => at(page, "b")).toBe("translate(420px, 440px)");
    expect(await page.evaluate(() => window.host.edits)).toEqual([]);
    await page.close();
  },
  patience,
);

test(
  "a graph that is kept fitted is fitted again, and a view that somebody moved goes along with its middle",
  async () => {
    const page = await browser.open(opening);
    await move(page);
    const inside = (): Promise<boolean> =>
      page.locator(".react-flow__node").evaluateAll((nodes) =>
        nodes.every((element) => {
          const box = element.getBoundingClientRect();
          return box.left >= 0 && box.top >= 0 && box.right <= window.innerWidth && box.bottom <= window.innerHeight;
        }),
      );
    await expect.poll(inside).toBe(true);
    await page.close();

    const moved = await browser.open({ ...opening, memory: { viewport: { x: 100, y: 300, zoom: 1 } } });
    const place = () => moved.locator('.react-flow__node[data-id="b"]').boundingBox();
    const before = await place();
    await move(moved);
    await expect.poll(() => at(moved, "b")).toBe("translate(400px, 400px)");
    await expect.poll(place).toEqual(before);
    await moved.close();
  },
  patience,
);

test(
  "a graph that nobody has placed and that is hard to read offers to be laid out",
  async () => {
    const page = await browser.open({
      graph: graphOf(
        [node("a", {}, [280, 0]), node("b", {}, [280, 120]), node("c", {}, [280, 240]), node("d", {}, [280, 360])],
        [edge("e1", "@start", "a"), edge("e2", "a", "b"), edge("e3", "b", "c"), edge("e4", "c", "d")],
        { unplaced: 4 },
      ),
    });
    const strip = page.getByTestId("unplaced");
    await strip.locator('[data-command="graph/layOut"]').click();
    const scopes = () =>
      page.evaluate(() => window.host.commands.filter(({ name }) => name === "graph/layOut").map(({ params }) => params));
    await expect.poll(scopes).toEqual([{ scope: "new" }]);
    if (process.env["LOOK"] !== undefined) await page.screenshot({ path: `${process.env["LOOK"]}-strip.png` });
    await strip.getByLabel("Dismiss").click();
    await strip.waitFor({ state: "detached" });
    await page.close();
  },
  patience,
);

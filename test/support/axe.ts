import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Rules about documents of their own: a canvas is a part of VS Code's window. */
const rules = { "page-has-heading-one": { enabled: false } };

/** What axe finds in a page or frame that is more than minor, in lines: the rule, and where it is broken. */
export async function axeFindings(page: Page | Frame): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((given) => window.axe.run(document, { resultTypes: ["violations"], rules: given }), rules);
  const grave = violations.filter(({ impact }) => impact !== "minor");
  return grave.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => `${impact ?? ""} ${id} ${target.join(" ")}: ${failureSummary.replaceAll(/\s+/g, " ")}`),
  );
}
